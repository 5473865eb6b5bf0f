package dev.reelay.routing;

/** The port to the built-in sandbox's rows. */
public interface Sandbox {
  /**
   * Installs what {@link SandboxCatalogue} says, once, and puts the sandbox's channel in use. What
   * the operator changed or removed since stays so. After a real channel was added, the channel
   * serves only {@link SandboxCatalogue#ALWAYS}.
   */
  void switchOn();

  /** Takes the sandbox's channel out of use, if there is one. */
  void switchOff();
}
