package dev.reelay.provider.kling;

import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Context;
import dev.reelay.provider.StandardWebhooks;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;

/**
 * The new generation signs by Standard Webhooks; of the old one nothing of the kind is documented.
 * Which one an attempt was made by is known from its model: nothing in the callback decides it.
 */
final class KlingSigning implements CallbackSigning {
  private final StandardWebhooks standard = new StandardWebhooks();

  @Override
  public boolean takesSecret() {
    return true;
  }

  @Override
  public Provenance check(Context context, Callback callback, Means means) {
    return KlingProvider.isOld(context) && !StandardWebhooks.isSigned(callback)
        ? new Provenance.NotSigned()
        : standard.check(context, callback, means);
  }
}
