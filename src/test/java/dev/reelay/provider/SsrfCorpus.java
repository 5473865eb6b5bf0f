package dev.reelay.provider;

import java.util.ArrayList;
import java.util.List;

/** Addresses that must never be reached: how loopback and private places can be spelled. */
final class SsrfCorpus {
  private static final List<String> INNER_V4 =
      List.of(
          "127.0.0.1",
          "127.1.2.3",
          "0.0.0.0",
          "10.0.0.1",
          "100.64.0.1",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.1",
          "192.168.1.1",
          "198.18.0.1",
          "224.0.0.1",
          "240.0.0.1",
          "255.255.255.255");
  private static final List<String> INNER_V6 =
      List.of(
          "::",
          "::1",
          "0:0:0:0:0:0:0:1",
          "::127.0.0.1",
          "fc00::1",
          "fd12:3456::1",
          "fe80::1",
          "fec0::1",
          "ff02::1",
          "64:ff9b::7f00:1",
          "64:ff9b::127.0.0.1",
          "64:ff9b:1::7f00:1",
          "2002:7f00:1::",
          "2002:a00:1::1",
          "2001::1",
          "2001:0:7f00:1::",
          "2001:db8::1",
          "100::1",
          "3fff::1",
          "5f00::1");
  private static final List<String> NAMES =
      List.of(
          "localhost",
          "localhost.",
          "LOCALHOST",
          "LocalHost.",
          "localhost.localdomain",
          "ip6-localhost",
          "ip6-loopback",
          "inner.test",
          "mixed.test");
  private static final String FULLWIDTH_ZERO = "\uFF10";
  private static final String CIRCLED_ONE = "\u2460";

  private SsrfCorpus() {}

  /**
   * Every address with every way to write it, on the ports that a guard lets through and others.
   */
  static List<String> urls(int canaryPort) {
    var hosts = new ArrayList<String>(NAMES);
    INNER_V4.forEach(address -> hosts.addAll(spellings(address)));
    INNER_V6.forEach(address -> hosts.add("[" + address + "]"));
    INNER_V6.forEach(address -> hosts.add("[" + address + "%25lo]"));
    var urls = new ArrayList<String>();
    for (var host : hosts) {
      urls.add("http://" + host + ":" + canaryPort + "/v.mp4");
      urls.add("http://" + host + "/v.mp4");
      urls.add("https://" + host + "/v.mp4");
    }
    urls.addAll(tricks(canaryPort));
    return urls;
  }

  private static List<String> spellings(String address) {
    var parts = address.split("\\.");
    var bytes = new long[4];
    for (var i = 0; i < 4; i++) {
      bytes[i] = Long.parseLong(parts[i]);
    }
    var whole = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
    var low = (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
    return List.of(
        address,
        address + ".",
        Long.toString(whole),
        "0x" + Long.toHexString(whole),
        "0" + Long.toOctalString(whole),
        bytes[0] + "." + low,
        bytes[0] + "." + bytes[1] + "." + ((bytes[2] << 8) | bytes[3]),
        "0x" + Long.toHexString(bytes[0]) + "." + low,
        "0" + Long.toOctalString(bytes[0]) + "." + parts[1] + "." + parts[2] + "." + parts[3],
        "00" + address,
        address.replace("0", FULLWIDTH_ZERO),
        address.replace("1", CIRCLED_ONE),
        "[::ffff:" + address + "]",
        "[::ffff:" + Long.toHexString(whole >> 16) + ":" + Long.toHexString(whole & 0xFFFF) + "]",
        "[::" + address + "]");
  }

  private static List<String> tricks(int port) {
    var place = "127.0.0.1:" + port;
    return List.of(
        "http://user@" + place + "/",
        "http://user:password@" + place + "/",
        "http://public.test@" + place + "/",
        "http://public.test:80@" + place + "/",
        "http://" + place + "@public.test/",
        "http://public.test%40" + place + "/",
        "http://public.test#@" + place + "/",
        "http://public.test\\@" + place + "/",
        "http:///" + place + "/",
        "http:/" + place + "/",
        "http:" + place + "/",
        "//" + place + "/",
        "ftp://" + place + "/",
        "file:///etc/passwd",
        "gopher://" + place + "/_GET",
        "jar:http://" + place + "/!/x",
        "data:text/plain,hello",
        "javascript:alert(1)",
        "ws://" + place + "/",
        "http://public.test:22/",
        "http://public.test:" + port + "/",
        "https://public.test:8443/",
        "http://public.test:0/",
        "http://public.test:65536/",
        "http://public.test:-1/",
        "http://127.0.0.1\t:" + port + "/",
        "http://127.0.0.1 :" + port + "/",
        "http://127。0。0。1:" + port + "/",
        "http://[::1%251]:" + port + "/");
  }
}
