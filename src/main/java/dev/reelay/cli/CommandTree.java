package dev.reelay.cli;

import dev.reelay.cli.OperatorCommand.Terms;
import dev.reelay.money.Money;
import dev.reelay.money.Ratio;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ModelName;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** All commands, wired by hand. */
public final class CommandTree {
  private CommandTree() {}

  /**
   * The command line for these words: all of it, but for {@code serve} alone, since a relay need
   * not wait for the other commands.
   */
  public static CommandLine build(Ports ports, List<String> words) {
    return words.equals(List.of("serve")) ? serving(ports) : build(ports);
  }

  /** The command line over these ports. It prints through its own writers and never exits. */
  public static CommandLine build(Ports ports) {
    var root = new ReelayCommand();
    var terms = new Terms(root, ports);
    var line = new CommandLine(root);
    line.addSubcommand(new ServeCommand(terms))
        .addSubcommand(config(terms))
        .addSubcommand(new DoctorCommand(terms))
        .addSubcommand(tenant(terms))
        .addSubcommand(plan(terms))
        .addSubcommand(key(terms))
        .addSubcommand(model(terms))
        .addSubcommand(alias(terms))
        .addSubcommand(price(terms))
        .addSubcommand(cost(terms))
        .addSubcommand(channel(terms))
        .addSubcommand(route(terms))
        .addSubcommand(task(terms))
        .addSubcommand(new LedgerCommand(terms))
        .addSubcommand(new MarginCommand(terms))
        .addSubcommand(new ReconcileCommand(terms))
        .addSubcommand(webhook(terms))
        .addSubcommand(video(terms))
        .addSubcommand(new ListenCommand(terms))
        .addSubcommand(new CompletionCommand(terms));
    return ready(line, root, ports);
  }

  private static CommandLine serving(Ports ports) {
    var root = new ReelayCommand();
    var line = new CommandLine(root).addSubcommand(new ServeCommand(new Terms(root, ports)));
    return ready(line, root, ports);
  }

  private static CommandLine ready(CommandLine line, ReelayCommand root, Ports ports) {
    converters(line);
    var mishaps = new Mishaps(root, ports.desks());
    return line.setParameterExceptionHandler(mishaps)
        .setExecutionExceptionHandler(mishaps)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(
            thrown ->
                thrown instanceof ParameterException ? Exit.USAGE.code() : Exit.FAILED.code());
  }

  private static CommandLine config(Terms terms) {
    return new CommandLine(new ConfigCommands(terms))
        .addSubcommand(new ConfigCommands.Validate(terms));
  }

  private static CommandLine tenant(Terms terms) {
    return new CommandLine(new TenantCommands())
        .addSubcommand(new TenantCommands.Create(terms))
        .addSubcommand(new TenantCommands.ListAll(terms))
        .addSubcommand(new TenantCommands.Show(terms))
        .addSubcommand(new TenantCommands.TopUp(terms))
        .addSubcommand(new TenantCommands.Correct(terms))
        .addSubcommand(new TenantCommands.ChangePlan(terms))
        .addSubcommand(new TenantCommands.OwnFactor(terms));
  }

  private static CommandLine plan(Terms terms) {
    return new CommandLine(new PlanCommands())
        .addSubcommand(new PlanCommands.ListAll(terms))
        .addSubcommand(new PlanCommands.SetPlan(terms));
  }

  private static CommandLine key(Terms terms) {
    return new CommandLine(new KeyCommands())
        .addSubcommand(new KeyCommands.Create(terms))
        .addSubcommand(new KeyCommands.ListAll(terms))
        .addSubcommand(new KeyCommands.Show(terms))
        .addSubcommand(new KeyCommands.Revoke(terms))
        .addSubcommand(new KeyCommands.Limit(terms))
        .addSubcommand(new KeyCommands.Rotate(terms));
  }

  private static CommandLine model(Terms terms) {
    return new CommandLine(new ModelCommands())
        .addSubcommand(new ModelCommands.Add(terms))
        .addSubcommand(new ModelCommands.ListAll(terms))
        .addSubcommand(new ModelCommands.Prefer(terms))
        .addSubcommand(new ModelCommands.Remove(terms))
        .addSubcommand(new ModelCommands.MakeAlias(terms));
  }

  private static CommandLine alias(Terms terms) {
    return new CommandLine(new AliasCommands()).addSubcommand(new AliasCommands.Import(terms));
  }

  private static CommandLine route(Terms terms) {
    return new CommandLine(new RouteCommands()).addSubcommand(new RouteCommands.Explain(terms));
  }

  private static CommandLine price(Terms terms) {
    return new CommandLine(new PriceCommands())
        .addSubcommand(new PriceCommands.SetPrice(terms))
        .addSubcommand(new PriceCommands.ListAll(terms))
        .addSubcommand(new PriceCommands.History(terms))
        .addSubcommand(new PriceFileCommands.Export(terms))
        .addSubcommand(new PriceFileCommands.Diff(terms))
        .addSubcommand(new PriceFileCommands.Import(terms));
  }

  private static CommandLine cost(Terms terms) {
    return new CommandLine(new CostCommands())
        .addSubcommand(new CostCommands.SetCost(terms))
        .addSubcommand(new CostCommands.ListAll(terms))
        .addSubcommand(new CostCommands.History(terms))
        .addSubcommand(new CostFileCommands.Export(terms))
        .addSubcommand(new CostFileCommands.Diff(terms))
        .addSubcommand(new CostFileCommands.Import(terms));
  }

  private static CommandLine channel(Terms terms) {
    return new CommandLine(new ChannelCommands())
        .addSubcommand(new ChannelCommands.Add(terms))
        .addSubcommand(new DescriptionCommand(terms))
        .addSubcommand(new ChannelCommands.ListAll(terms))
        .addSubcommand(new ChannelTerms.Show(terms))
        .addSubcommand(new ChannelTerms.Change(terms))
        .addSubcommand(new HealthCommands.ShowHealth(terms))
        .addSubcommand(new HealthCommands.Reset(terms))
        .addSubcommand(new ChannelCommands.Enable(terms))
        .addSubcommand(new ChannelCommands.Disable(terms))
        .addSubcommand(new ChannelCommands.Move(terms))
        .addSubcommand(new ProxyCommand(terms))
        .addSubcommand(new CallbackSecretCommand(terms))
        .addSubcommand(new ChannelCommands.MapModel(terms))
        .addSubcommand(new ChannelCommands.Credential(terms));
  }

  private static CommandLine task(Terms terms) {
    return new CommandLine(new TaskCommands())
        .addSubcommand(new TaskCommands.ListAll(terms))
        .addSubcommand(new TaskCommands.Show(terms))
        .addSubcommand(new TaskCommands.Attach(terms))
        .addSubcommand(new TaskCommands.Resend(terms))
        .addSubcommand(new TaskCommands.GiveBack(terms))
        .addSubcommand(new TaskCommands.Cancel(terms));
  }

  private static CommandLine webhook(Terms terms) {
    return new CommandLine(new WebhookCommands())
        .addSubcommand(new WebhookCommands.Add(terms))
        .addSubcommand(new WebhookCommands.ListAll(terms))
        .addSubcommand(new WebhookCommands.Show(terms))
        .addSubcommand(new WebhookCommands.Rotate(terms))
        .addSubcommand(new WebhookCommands.Enable(terms))
        .addSubcommand(new WebhookCommands.Disable(terms))
        .addSubcommand(new WebhookCommands.Delete(terms))
        .addSubcommand(new DeliveryCommands.SendTest(terms))
        .addSubcommand(new DeliveryCommands.ShowDeliveries(terms))
        .addSubcommand(new DeliveryCommands.Replay(terms));
  }

  private static CommandLine video(Terms terms) {
    return new CommandLine(new VideoCommands())
        .addSubcommand(new VideoCommands.Create(terms))
        .addSubcommand(new VideoCommands.Query(terms))
        .addSubcommand(new VideoCommands.ListAll(terms))
        .addSubcommand(new VideoCommands.Cancel(terms));
  }

  private static void converters(CommandLine line) {
    line.registerConverter(Money.class, new Cap.MoneyReader())
        .registerConverter(Cap.class, new Cap.Reader())
        .registerConverter(Bound.class, new Bound.Reader())
        .registerConverter(Expiry.class, new Expiry.Reader())
        .registerConverter(Overlap.class, new Overlap.Reader())
        .registerConverter(ScopeOptions.Models.class, new ScopeOptions.Models.Reader())
        .registerConverter(ScopeOptions.Addresses.class, new ScopeOptions.Addresses.Reader())
        .registerConverter(ModelName.class, reader(ModelName::new))
        .registerConverter(Ratio.class, reader(Ratio::parse))
        .registerConverter(Resolution.class, reader(Resolution::parse))
        .registerConverter(AspectRatio.class, reader(AspectRatio::parse));
  }

  /** Takes the words of our own refusal for those of the command line. */
  private static <T> ITypeConverter<T> reader(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }
}
