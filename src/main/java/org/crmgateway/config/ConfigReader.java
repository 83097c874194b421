package org.crmgateway.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks values against mappings, key by key, and maps them when none is wrong. */
final class ConfigReader {
    /** Above SmallRye's own converters, which read any word but "true" as false. */
    private static final int FIRST = 200;

    private final List<Class<?>> mappings;
    private final SortedMap<String, Key> keys;
    private final Map<String, Range> ranges;
    private final String reference;

    /** @param reference the file that documents every key */
    ConfigReader(List<Class<?>> mappings, Map<String, Range> ranges, String reference) {
        this.mappings = mappings;
        this.keys = Key.of(mappings);
        this.ranges = ranges;
        this.reference = reference;
    }

    SortedMap<String, Key> keys() {
        return keys;
    }

    /**
     * Every mapping with its values.
     *
     * @param file where a missing key is missing
     * @throws org.crmgateway.failure.OperatorError with all {@code mistakes}, those noted before included
     */
    SmallRyeConfig read(Map<String, Value> values, String file, Mistakes mistakes) {
        values.forEach((name, value) -> refuseUnknown(name, value, mistakes));
        SmallRyeConfig unmapped = builder(values).build();
        for (Key key : keys.values()) {
            Value value = values.get(key.name());
            check(key, unmapped, value == null ? file : value.where(), mistakes);
        }
        mistakes.refuse();
        SmallRyeConfigBuilder builder = builder(values).withValidateUnknown(false);
        mappings.forEach(builder::withMapping);
        return builder.build();
    }

    private void refuseUnknown(String name, Value value, Mistakes mistakes) {
        String plain = name.replaceAll("\\[\\d+]$", "");
        Key key = keys.get(plain);
        if (key == null && keys.keySet().stream().anyMatch(known -> known.startsWith(plain + "."))) {
            if (!value.text().isEmpty()) {
                mistakes.add(value.where(), name, "has keys of its own; write them below it, indented.");
            }
        } else if (key == null) {
            mistakes.add(value.where(), plain, "unknown key" + nearest(plain));
        } else if (!plain.equals(name) && !key.list()) {
            mistakes.add(value.where(), plain, "takes one value, not a list.");
        }
    }

    /** The key with the same last part, which was probably meant. */
    private String nearest(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return keys.keySet().stream()
                .filter(known -> known.equals(last) || known.endsWith("." + last))
                .findFirst()
                .map(known -> "; " + known + " exists.")
                .orElse(". " + reference + " lists all keys.");
    }

    private void check(Key key, SmallRyeConfig config, String where, Mistakes mistakes) {
        try {
            List<?> found = key.list()
                    ? config.getOptionalValues(key.name(), key.type(), ArrayList::new)
                            .orElseGet(ArrayList::new)
                    : config.getOptionalValue(key.name(), key.type())
                            .map(List::<Object>of)
                            .orElse(List.of());
            if (found.isEmpty() && !key.optional()) {
                mistakes.add(where, key.name(), "has no value; it must be " + key.looksLike() + ".");
            }
            if (key.name().equals("data-folder") && !found.stream().allMatch(ConfigReader::anchored)) {
                // H2 refuses other relative paths, with a text that helps nobody.
                mistakes.add(where, key.name(), "must start with /, ./ or ../.");
            }
            Range range = ranges.get(key.name());
            if (range != null && !found.stream().allMatch(range::holds)) {
                mistakes.add(where, key.name(), "must be " + range.text() + ".");
            }
        } catch (NoSuchElementException e) {
            mistakes.add(where, key.name(), "refers by ${…} to a key that has no value.");
        } catch (IllegalArgumentException e) {
            mistakes.add(where, key.name(), "must be " + key.looksLike() + ".");
        }
    }

    private static boolean anchored(Object path) {
        return path.toString().matches("(/|\\.\\.?/).*");
    }

    private SmallRyeConfigBuilder builder(Map<String, Value> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, value.text()));
        Map<String, String> presets = new TreeMap<>();
        for (Key key : keys.values()) {
            String preset = key.preset();
            if (preset != null) {
                presets.put(key.name(), preset);
            }
        }
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(texts, "written", 100))
                .withDefaultValues(presets)
                .withConverter(Duration.class, FIRST, ConfigReader::duration)
                .withConverter(Long.class, FIRST, ConfigReader::size)
                .withConverter(Boolean.class, FIRST, ConfigReader::truth);
    }

    private static @Nullable Duration duration(String text) {
        return text.isBlank() ? null : DurationText.read(text);
    }

    private static @Nullable Long size(String text) {
        return text.isBlank() ? null : (Long) SizeText.read(text);
    }

    private static @Nullable Boolean truth(String text) {
        return switch (text.strip()) {
            case "" -> null;
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
