package org.crmgateway.call;

/** The language of fault texts beside English, which is always there. */
public enum Language {
    ENGLISH,
    CHINESE
}
