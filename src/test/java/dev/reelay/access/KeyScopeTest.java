package dev.reelay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyScopeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.7                   | 192.0.2.7        | true
          192.0.2.7                   | 192.0.2.8        | false
          10.0.0.0/8                  | 10.255.255.255   | true
          10.0.0.0/8                  | 11.0.0.0         | false
          192.0.2.128/25              | 192.0.2.127      | false
          192.0.2.128/25              | 192.0.2.128      | true
          0.0.0.0/0                   | 203.0.113.9      | true
          0.0.0.0/0                   | 2001:db8::1      | false
          2001:db8::/32               | 2001:db8:ffff::1 | true
          2001:db8::/32               | 2001:db9::1      | false
          ::/0                        | 192.0.2.7        | false
          192.0.2.7                   | ::ffff:192.0.2.7 | true
          10.0.0.0/8 2001:db8::/32    | 2001:db8::1      | true
          10.0.0.0/8 2001:db8::/32    | 10.1.1.1         | true
          10.0.0.0/8 2001:db8::/32    | 192.168.1.1      | false
          """)
  void a_key_may_be_used_from_the_addresses_of_its_list(
      String list, String address, boolean isAllowed) {
    var ranges = Arrays.stream(list.split(" ")).map(AddressRange::parse).toList();

    var scope = new KeyScope(Set.of(), ranges);

    assertThat(scope.allowsAddress(InetAddress.ofLiteral(address))).isEqualTo(isAllowed);
  }

  @Test
  void empty_lists_allow_everything_and_others_only_what_they_name() {
    var one = new KeyScope(Set.of("sora-2"), List.of());

    assertThat(KeyScope.ALL.allowsModel("anything")).isTrue();
    assertThat(KeyScope.ALL.allowsAddress(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(one.allowsModel("sora-2")).isTrue();
    assertThat(one.allowsModel("sora-2-pro")).isFalse();
  }

  @Test
  void the_lists_are_bounded() {
    var many = IntStream.rangeClosed(0, 100).mapToObj(i -> "m" + i).collect(Collectors.toSet());

    assertThatThrownBy(() -> new KeyScope(many, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyScope(Set.of(""), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
