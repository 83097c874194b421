package org.crmgateway.contract;

import java.util.Arrays;
import java.util.Objects;

/**
 * Something to serve as it is.
 *
 * @param contentType with its charset
 * @param body never changed
 */
public record Page(String contentType, byte[] body) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Page page && contentType.equals(page.contentType) && Arrays.equals(body, page.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contentType, Arrays.hashCode(body));
    }

    @Override
    public String toString() {
        return contentType + ", " + body.length + " bytes";
    }
}
