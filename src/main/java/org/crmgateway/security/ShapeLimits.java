package org.crmgateway.security;

/**
 * How large a message's parts may be before its security is looked at. Bounds what a stranger can make the gateway
 * build; wide enough that a request which is merely one too many gets the contract's own answer instead.
 *
 * @param depth of elements, the envelope counted
 * @param elements in all
 * @param children of one element
 * @param attributes of one element, and as many namespace declarations
 * @param valueLength characters in one attribute value or namespace name
 * @param nameLength characters in a local name or a prefix
 * @param names different names in all; colliding ones cost the square of their number
 * @param textLength characters in one run of text, or one comment; the encrypted body's text is bounded by the message
 * @param headers SOAP header blocks
 */
public record ShapeLimits(
        int depth,
        int elements,
        int children,
        int attributes,
        int valueLength,
        int nameLength,
        int names,
        int textLength,
        int headers) {

    /**
     * What contract v1 needs; a test compares it with the schemas. The largest request is {@code saveCustomers} with 200
     * full rows (124,409 elements), the widest element an order's {@code lines} (1,001 children), the deepest a batch
     * of orders (8); a security header goes 9 deep. A text of the contract has at most 1,000 characters, a certificate
     * in Base64 up to 8,000.
     */
    public static ShapeLimits ofContract() {
        return new ShapeLimits(20, 126_000, 2_000, 30, 4_096, 64, 256, 16_000, 20);
    }
}
