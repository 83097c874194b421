package org.crmgateway.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command on its way to a running gateway.
 *
 * @param folder where it was typed, absolute
 * @param takesLong whether others should not wait for it
 */
record CommandRequest(String folder, boolean takesLong, List<String> arguments) {
    static CommandRequest of(Path folder, boolean takesLong, String... arguments) {
        return new CommandRequest(folder.toAbsolutePath().toString(), takesLong, List.of(arguments));
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeUTF(folder);
        data.writeBoolean(takesLong);
        data.writeInt(arguments.size());
        for (String argument : arguments) {
            data.writeUTF(argument);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when these are not the bytes of a request */
    static CommandRequest read(byte[] bytes) throws IOException {
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
        String folder = data.readUTF();
        boolean takesLong = data.readBoolean();
        int count = data.readInt();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(data.readUTF());
        }
        return new CommandRequest(folder, takesLong, List.copyOf(arguments));
    }
}
