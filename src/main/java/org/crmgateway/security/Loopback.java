package org.crmgateway.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** This machine as it names itself (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
public final class Loopback {
    private static final Pattern NAMES =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /** By the text alone: a name server would say of a stranger's name what the stranger wants (DNS rebinding). */
    public static boolean names(@Nullable String host) {
        return host != null && NAMES.matcher(host).matches();
    }
}
