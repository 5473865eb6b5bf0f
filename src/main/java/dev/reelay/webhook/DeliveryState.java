package dev.reelay.webhook;

import java.time.Instant;

/** Where a delivery is. */
public sealed interface DeliveryState {
  /** To be attempted when due. */
  record Pending(Instant dueAt) implements DeliveryState {}

  /** The receiver has answered 2xx. */
  record Delivered(Instant at) implements DeliveryState {}

  /** Nothing is attempted any more unless it is replayed. */
  record Failed(Why why, Instant at) implements DeliveryState {}

  /** Why a delivery was given up. */
  enum Why {
    /** Every attempt of the schedule failed. */
    EXHAUSTED,
    /** The receiver answered 410. */
    GONE,
    /** Its endpoint was disabled before it got through. */
    ENDPOINT_DISABLED,
    /** Its task was deleted, so there is nothing left to tell. */
    TASK_DELETED
  }

  /** The states without their data, for filters and rows. */
  enum Name {
    PENDING,
    DELIVERED,
    FAILED
  }

  default Name name() {
    return switch (this) {
      case Pending _ -> Name.PENDING;
      case Delivered _ -> Name.DELIVERED;
      case Failed _ -> Name.FAILED;
    };
  }
}
