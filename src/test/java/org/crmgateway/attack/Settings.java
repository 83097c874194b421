package org.crmgateway.attack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a class of attacks a gateway of its own with these settings, e.g. {@code WEB_REQUEST_DEADLINE=1s}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Settings {
    String[] value();
}
