package org.crmgateway.fault;

import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.crmgateway.failure.Code;
import org.crmgateway.failure.Failure;
import org.crmgateway.idempotency.Answered;

/** A bug, put into a running program on purpose: the checker is worth something when it finds each. */
enum PlantedFault {
    /** Says that it is committed, and is not. */
    LOSES_COMMITS("org.crmgateway.database.Database", "commit", Skipped.class),
    /** Says that nothing was done, after the commit. */
    REFUSES_WHAT_IT_DID("org.crmgateway.database.Database", "commit", Refused.class),
    FORGETS_KEYS("org.crmgateway.idempotency.Idempotency", "once", Executed.class),
    ANSWERS_DIFFERENTLY("org.crmgateway.idempotency.IdempotencyTable", "store", Spoiled.class),
    WRITES_NO_CHANGE("org.crmgateway.change.ChangeTable", "insert", Skipped.class),
    WRITES_NO_AUDIT("org.crmgateway.audit.AuditTable", "insert", Skipped.class),
    LOSES_UPDATES("org.crmgateway.record.RecordTable", "update", Skipped.class),
    SKIPS_POSITIONS("org.crmgateway.change.ChangeTable", "seal", Advanced.class),
    /** The machine's, not the program's: every now and then it does not write. */
    BREAKS_THE_DISK("org.h2.store.fs.disk.FilePathDisk", "open", Broken.class),
    CUTS_CALLS_AT_THE_END("org.crmgateway.Gateway", "close", Always.class);

    final String type;
    final String method;
    final Class<?> advice;

    PlantedFault(String type, String method, Class<?> advice) {
        this.type = type;
        this.method = method;
        this.advice = advice;
    }

    /** The method does nothing, every now and then. */
    static final class Skipped {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return FaultAgent.strikes();
        }
    }

    static final class Always {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    static final class Broken {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) FileChannel file) {
            file = FaultAgent.broken(file);
        }
    }

    static final class Refused {
        @Advice.OnMethodExit
        static void exit() {
            if (FaultAgent.strikes()) {
                FaultAgent.refuse();
            }
        }
    }

    static final class Executed {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(4) Supplier<?> write,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answered) {
            answered = FaultAgent.execute(write);
        }
    }

    static final class Spoiled {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 3, readOnly = false) String answer) {
            answer = answer.replace("\"version\":1", "\"version\":7");
        }
    }

    static final class Advanced {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) long from) {
            from = from + (FaultAgent.strikes() ? 1 : 0);
        }
    }

    static Answered<?> executed(Supplier<?> write) {
        return new Answered<>(write.get(), false);
    }

    static Failure refusal() {
        return Failure.busy(Code.OVERLOADED, Duration.ofSeconds(1), new IllegalStateException("planted"));
    }
}
