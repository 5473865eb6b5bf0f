package dev.reelay.http;

import dev.reelay.access.Accounts;
import dev.reelay.access.Caller;
import dev.reelay.money.Balance;
import dev.reelay.money.Money;
import java.time.Instant;

/**
 * The balance routes that relays' clients call. The limit is available + held + charged, the usage
 * is what was charged: a hold is no usage yet, since it may be released. Dates are ignored, as
 * everywhere; currency is ours, whatever the names of the fields say.
 */
public final class Billing {
  private static final long MICROS_PER_CENT = 10_000;

  /** New-api's unit: 500,000 are one dollar. */
  private static final long MICROS_PER_QUOTA = 2;

  private static final int CENT_PLACES = 4;

  private final Callers callers;
  private final Accounts accounts;

  public Billing(Callers callers, Accounts accounts) {
    this.callers = callers;
    this.accounts = accounts;
  }

  /** {@code /v1/dashboard/billing/subscription}: amounts as decimal numbers. */
  public Reply subscription(Request request) {
    var caller = callers.of(request);
    var limit = balance(caller).granted().toString();
    var json =
        new JsonText()
            .object()
            .field("object", "billing_subscription")
            .field("has_payment_method", true)
            .number("soft_limit_usd", limit)
            .number("hard_limit_usd", limit)
            .number("system_hard_limit_usd", limit)
            .field("access_until", expirySeconds(caller));
    return Reply.json(200, json.endObject().bytes());
  }

  /** {@code /v1/dashboard/billing/usage}: hundredths, with a fraction where there is one. */
  public Reply usage(Request request) {
    var charged = balance(callers.of(request)).charged();
    var json = new JsonText().object().field("object", "list");
    return Reply.json(200, json.number("total_usage", cents(charged)).endObject().bytes());
  }

  /** {@code /api/usage/token/}: new-api's quota units. */
  public Reply token(Request request) {
    var caller = callers.of(request);
    var balance = balance(caller);
    var json =
        new JsonText()
            .object()
            .field("code", true)
            .field("message", "ok")
            .object("data")
            .field("object", "token_usage")
            .field("name", caller.key().name())
            .field("total_granted", quota(balance.granted()))
            .field("total_used", quota(balance.charged()))
            .field("total_available", quota(balance.granted().minus(balance.charged())))
            .field("total_held", quota(balance.held()))
            .field("unlimited_quota", false)
            .object("model_limits");
    var models = caller.key().scope().models();
    models.stream().sorted().forEach(model -> json.field(model, true));
    json.endObject()
        .field("model_limits_enabled", !models.isEmpty())
        .field("expires_at", expirySeconds(caller))
        .endObject();
    return Reply.json(200, json.endObject().bytes());
  }

  private Balance balance(Caller caller) {
    return accounts
        .statement(caller.tenant().id())
        .map(Accounts.Statement::balance)
        .orElse(Balance.EMPTY);
  }

  private static String cents(Money amount) {
    long fraction = amount.micros() % MICROS_PER_CENT;
    var whole = String.valueOf(amount.micros() / MICROS_PER_CENT);
    var digits = String.valueOf(MICROS_PER_CENT + fraction).substring(1, 1 + CENT_PLACES);
    return fraction == 0 ? whole : whole + "." + digits;
  }

  private static long quota(Money amount) {
    return amount.micros() / MICROS_PER_QUOTA;
  }

  /** 0 for never. */
  private static long expirySeconds(Caller caller) {
    return caller.key().expiresAt().map(Instant::getEpochSecond).orElse(0L);
  }
}
