package dev.reelay.provider;

import dev.reelay.provider.ark.ArkProvider;
import dev.reelay.provider.bfl.BflProvider;
import dev.reelay.provider.dashscope.DashScopeProvider;
import dev.reelay.provider.declarative.DeclarativeProvider;
import dev.reelay.provider.fal.FalProvider;
import dev.reelay.provider.gemini.GeminiProvider;
import dev.reelay.provider.kling.KlingProvider;
import dev.reelay.provider.luma.LumaProvider;
import dev.reelay.provider.minimax.MiniMaxProvider;
import dev.reelay.provider.openai.OpenAiProvider;
import dev.reelay.provider.replicate.ReplicateProvider;
import dev.reelay.provider.runway.RunwayProvider;
import dev.reelay.provider.sandbox.SandboxProvider;
import dev.reelay.provider.unified.UnifiedProvider;
import dev.reelay.provider.vertex.VertexProvider;
import dev.reelay.provider.vidu.ViduProvider;
import dev.reelay.provider.xai.XaiProvider;
import dev.reelay.routing.Channel;
import dev.reelay.routing.Need;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The adapters that there are, by name. */
public final class Providers {
  private final Map<String, Provider> byName = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public Providers(List<Provider> providers) {
    for (var provider : providers) {
      if (byName.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two adapters are named " + provider.name());
      }
    }
  }

  /** Every adapter of this program. One line each; the contract suite demands its cases. */
  public static Providers all() {
    return new Providers(
        List.of(
            new SandboxProvider(),
            new UnifiedProvider(),
            new OpenAiProvider(),
            new ArkProvider(),
            new DashScopeProvider(),
            new BflProvider(),
            new KlingProvider(),
            new MiniMaxProvider(),
            new LumaProvider(),
            new ReplicateProvider(),
            new GeminiProvider(),
            new VertexProvider(),
            new RunwayProvider(),
            new ViduProvider(),
            new XaiProvider(),
            new DeclarativeProvider(),
            new FalProvider()));
  }

  public Optional<Provider> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** What of a request the channel's provider cannot send on. The sandbox takes whatever comes. */
  public Set<Need> lacks(Channel channel) {
    return channel.isSandbox()
        ? Set.of()
        : find(channel.provider()).map(provider -> provider.card().lacks()).orElse(Set.of());
  }

  public List<Provider> list() {
    return List.copyOf(byName.values());
  }
}
