package dev.reelay.http.docs;

import java.util.Locale;

/** The two languages that the manual is written in. */
enum Language {
  ENGLISH("en", "en", "API reference", "This page needs JavaScript to show the contract;"),
  CHINESE("zh", "zh-CN", "接口参考", "显示接口文档需要 JavaScript；");

  private final String page;
  private final String tag;
  private final String reference;
  private final String withoutScript;

  Language(String page, String tag, String reference, String withoutScript) {
    this.page = page;
    this.tag = tag;
    this.reference = reference;
    this.withoutScript = withoutScript;
  }

  /** The name of the reference in the address. */
  String page() {
    return page;
  }

  /** As HTML wants it. */
  String tag() {
    return tag;
  }

  String reference() {
    return reference;
  }

  String withoutScript() {
    return withoutScript;
  }

  Language other() {
    return this == ENGLISH ? CHINESE : ENGLISH;
  }

  /** How the language calls itself. */
  String ownName() {
    return this == ENGLISH ? "English" : "中文";
  }

  /** Chinese for whoever names it first, as with the messages of errors. */
  static Language preferred(String acceptLanguage) {
    return acceptLanguage.strip().toLowerCase(Locale.ROOT).startsWith("zh") ? CHINESE : ENGLISH;
  }
}
