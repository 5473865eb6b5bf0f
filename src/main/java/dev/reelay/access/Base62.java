package dev.reelay.access;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Numbers and random texts in the digits 0-9, A-Z, a-z: a double click selects them whole. */
final class Base62 {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(DIGITS.length());

  private Base62() {}

  static boolean isDigit(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  static String random(int length, SecureRandom random) {
    var text = new StringBuilder(length);
    for (var i = 0; i < length; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  /** The last {@code length} digits of a number that is not negative, with leading zeros. */
  static String encode(BigInteger number, int length) {
    var digits = new char[length];
    var rest = number;
    for (var i = length - 1; i >= 0; i--) {
      var split = rest.divideAndRemainder(RADIX);
      digits[i] = DIGITS.charAt(split[1].intValue());
      rest = split[0];
    }
    return new String(digits);
  }

  /** As {@link #encode(BigInteger, int)}, without garbage. */
  static boolean matches(long number, String text, int from) {
    var rest = number;
    for (var i = text.length() - 1; i >= from; i--) {
      if (text.charAt(i) != DIGITS.charAt((int) (rest % DIGITS.length()))) {
        return false;
      }
      rest /= DIGITS.length();
    }
    return rest == 0;
  }
}
