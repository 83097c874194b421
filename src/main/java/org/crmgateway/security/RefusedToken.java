package org.crmgateway.security;

import java.util.List;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.ext.WSSecurityException.ErrorCode;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.processor.Processor;
import org.w3c.dom.Element;

/** Stands where WSS4J has a processor for a token that no dialect uses; to leave the place empty would ignore the token. */
final class RefusedToken implements Processor {
    @Override
    public List<WSSecurityEngineResult> handleToken(Element token, RequestData request) throws WSSecurityException {
        throw new WSSecurityException(ErrorCode.UNSUPPORTED_SECURITY_TOKEN);
    }
}
