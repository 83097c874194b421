package org.crmgateway.config;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A setting the code knows.
 *
 * @param name in files, e.g. {@code database.pool-size}
 * @param type of its value, or of each value of a list
 * @param list whether it has several values
 * @param optional whether it may be absent without a default
 * @param preset its default, as in the code
 */
record Key(
        String name,
        Class<?> type,
        boolean list,
        boolean optional,
        @Nullable String preset) {
    /** All keys of these mappings, by name. */
    static SortedMap<String, Key> of(Collection<Class<?>> mappings) {
        SortedMap<String, Key> keys = new TreeMap<>();
        for (Class<?> mapping : mappings) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping)).forEach((name, property) -> {
                if (!name.endsWith("[*]")) {
                    keys.put(name, of(name, property));
                }
            });
        }
        return keys;
    }

    private static Key of(String name, Property property) {
        Type type = property.getMethod().getGenericReturnType();
        boolean list = false;
        boolean optional = false;
        while (type instanceof ParameterizedType generic) {
            optional |= generic.getRawType() == Optional.class;
            list |= generic.getRawType() != Optional.class;
            type = generic.getActualTypeArguments()[0];
        }
        return new Key(
                name,
                wrapped((Class<?>) type),
                list,
                optional,
                property.hasDefaultValue() ? property.getDefaultValue() : null);
    }

    private static Class<?> wrapped(Class<?> type) {
        if (type == int.class) {
            return Integer.class;
        }
        if (type == long.class) {
            return Long.class;
        }
        return type == boolean.class ? Boolean.class : type;
    }

    /** What its value looks like, for people. */
    String looksLike() {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant)
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "a duration such as 250ms, 30s, 5m, 12h, 30d";
        }
        if (type == Integer.class) {
            return "a whole number";
        }
        if (type == Long.class) {
            return "a whole number or a size such as 512KiB, 4MiB";
        }
        if (type == BigDecimal.class) {
            return "a number such as 0.05";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type == Path.class ? "a path" : "a text";
    }
}
