package dev.reelay;

import dev.reelay.routing.HealthBook;
import dev.reelay.store.Change;
import dev.reelay.store.ChangeSink;

/** Carries an operator's word to what this node believes of its channels. */
final class HealthNews implements ChangeSink {
  private final HealthBook book;

  HealthNews(HealthBook book) {
    this.book = book;
  }

  @Override
  public void changed(Change change) {
    switch (change) {
      case Change.OfHealth(var channel) -> book.forget(channel);
      // Perhaps a new secret or address, and so a remedy.
      case Change.OfCatalogue _ -> book.reconsider();
      case Change.OfTask _,
          Change.OfHint _,
          Change.OfKeys _,
          Change.OfAccount _,
          Change.OfEverything _ -> {
        // Not about channels.
      }
    }
  }

  /** What this node has seen itself stays true when news are missed. */
  @Override
  public void dropEverything() {}

  @Override
  public void refresh() {}
}
