package org.crmgateway.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.crmgateway.failure.OperatorError;
import org.crmgateway.partner.StoredPassword;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that must be known to check a digest of them, encrypted by AES-256-GCM (NIST SP 800-38D) under a key from a file;
 * bound to the partner's name, so that one cannot be put in another's place. Thread-safe.
 */
public final class PasswordVault {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable SecretKeySpec key;

    /** @param file of the key; not read before it is needed, and need not exist until then */
    public PasswordVault(Path file) {
        this.file = file;
    }

    /** The form to keep of a password; makes the key when there is none. */
    public StoredPassword seal(String partner, char[] password, SecureRandom random) {
        if (!Files.exists(file)) {
            byte[] made = new byte[KEY_BYTES];
            random.nextBytes(made);
            KeyFiles.writeSecret(file, Base64.getEncoder().encodeToString(made).toCharArray());
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, partner, nonce, new String(password).getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return new StoredPassword(
                StoredPassword.ENCRYPTED + Base64.getEncoder().withoutPadding().encodeToString(both));
    }

    /**
     * The password in UTF-8.
     *
     * @throws OperatorError when the key file is missing, or is not the one it was encrypted with
     */
    byte[] open(String partner, StoredPassword stored) {
        byte[] both = Base64.getDecoder().decode(stored.form().substring(StoredPassword.ENCRYPTED.length()));
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, partner, nonce, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
    }

    private byte[] run(int mode, String partner, byte[] nonce, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(partner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new OperatorError(
                    "The password of partner " + partner + " was encrypted with another key than " + file
                            + " holds. Restore that file, or make a new password.",
                    e);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known != null) {
            return known;
        }
        reading.lock();
        try {
            byte[] bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException("not 32 bytes");
            }
            SecretKeySpec read = new SecretKeySpec(bytes, "AES");
            key = read;
            return read;
        } catch (NoSuchFileException e) {
            throw new OperatorError("The key file " + file + " does not exist. Restore it from a backup.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorError("The key file " + file + " does not hold 32 bytes in Base64. Restore it.", e);
        } finally {
            reading.unlock();
        }
    }
}
