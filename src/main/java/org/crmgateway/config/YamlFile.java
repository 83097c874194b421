package org.crmgateway.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML 1.1 file as flat keys ({@code database.url}, {@code dialects[0]}), every value as the text that was written: YAML's
 * own types would read {@code off} as a boolean and {@code 0644} as 420.
 */
final class YamlFile {
    /** Deeper than any setting; stops an alias that contains itself. */
    private static final int DEEPEST = 10;

    private final Path file;
    private final Mistakes mistakes;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private YamlFile(Path file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** The file's values; empty, with the mistake noted, when it cannot be read. */
    static Map<String, Value> read(Path file, Mistakes mistakes) {
        try {
            return parse(file, Files.readString(file), mistakes);
        } catch (NoSuchFileException e) {
            mistakes.add(file.toString(), "does not exist. Name the right file.");
        } catch (CharacterCodingException e) {
            mistakes.add(file.toString(), "is not UTF-8 text.");
        } catch (IOException e) {
            mistakes.add(file.toString(), "cannot be read (" + e.getClass().getSimpleName() + ").");
        }
        return Map.of();
    }

    private static Map<String, Value> parse(Path file, String text, Mistakes mistakes) {
        YamlFile yaml = new YamlFile(file, mistakes);
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode) {
                yaml.add("", root, 0);
            } else if (root != null) {
                mistakes.add(yaml.where(root), "must be a list of keys, each with its value (key: value).");
            }
        } catch (MarkedYAMLException e) {
            String line =
                    e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1);
            mistakes.add(file + line, "is not YAML: " + e.getProblem() + ".");
        } catch (YAMLException e) {
            mistakes.add(file.toString(), "is not YAML: it holds a character that may not be there.");
        }
        return yaml.values;
    }

    private void add(String key, Node node, int depth) {
        if (depth > DEEPEST) {
            mistakes.add(where(node), key, "is nested too deeply.");
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                add(key.isEmpty() ? name : key + "." + name, entry.getValueNode(), depth + 1);
            }
        } else if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                put(key, "", node);
            }
            for (int i = 0; i < sequence.getValue().size(); i++) {
                add(key + "[" + i + "]", sequence.getValue().get(i), depth + 1);
            }
        } else if (node instanceof ScalarNode scalar) {
            put(key, scalar.getValue(), node);
        }
    }

    private void put(String key, String text, Node node) {
        Value before = values.putIfAbsent(key, new Value(text, where(node)));
        if (before != null) {
            mistakes.add(where(node), key, "is there twice, first at " + before.where() + ".");
        }
    }

    private String where(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }
}
