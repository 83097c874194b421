package org.crmgateway.soap;

import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;

/** Keeps CXF from logging each fault with its stack and its text; {@link FaultOut} and {@link CallOut} have said what counts. */
final class SilentFaults implements FaultListener {
    @Override
    public boolean faultOccurred(Exception exception, String description, Message message) {
        return false;
    }
}
