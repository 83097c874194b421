package org.crmgateway.security;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.crmgateway.call.Notice;
import org.crmgateway.partner.Dialect;
import org.jspecify.annotations.Nullable;

/** What callers are told beside their answers, decided once a call; every kind of notice stands here. */
final class Notices {
    private static final Notice SANDBOX =
            new Notice("SANDBOX", "This answer is neither signed nor encrypted; the sandbox is for trying out.", null);

    /** @param signer the certificate that signed the message, in a dialect with signatures */
    List<Notice> of(Dialect dialect, @Nullable X509Certificate signer) {
        List<Notice> notices = new ArrayList<>();
        if (!dialect.secured()) {
            notices.add(SANDBOX);
        }
        return notices;
    }
}
