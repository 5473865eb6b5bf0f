package dev.reelay.task;

/** How a provider takes the pictures of a request. */
public enum PictureForm {
  /** As they are: an address that it fetches, or bytes. */
  ANY,
  /** Bytes only; what lies elsewhere is fetched before the call that creates. */
  BYTES,
  /** Addresses only; what is kept here is given as an address of this relay. */
  ADDRESS
}
