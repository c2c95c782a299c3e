using System.Globalization;

namespace Headroom.Retrieval;

/// <summary>
/// Follows a path through a JSON text or data as Python shows it, or through one JSON value a line, whose rows are then the lines that are not blank.
/// </summary>
/// <remarks>Every character is passed a fixed number of times, however deep the text. Among duplicate keys the first is followed.</remarks>
internal static class JsonNavigator
{
    /// <summary>The problem of a text that is no data.</summary>
    public const string NotJson = "The original is not JSON; ask with lines or query instead.";

    /// <summary>Keys listed at most where a path ends in the wrong one: enough for most objects, and short.</summary>
    private const int MaxListedKeys = 20;

    /// <summary>Longer keys (data used as keys) are cut in that list.</summary>
    private const int MaxListedKey = 60;

    /// <summary>Follows a path.</summary>
    /// <param name="lines">The original.</param>
    /// <param name="path">The path.</param>
    /// <param name="problem">Which part of the path failed and what exists there, when <see langword="null"/> is returned.</param>
    public static JsonLocation? Find(TextLines lines, JsonPath path, out string problem)
    {
        string text = lines.Text;
        bool isPython = lines.IsPython;
        var cursor = new JsonCursor(text, 0, isPython);
        problem = NotJson;
        cursor.SkipWhiteSpace();
        if ((cursor.Current is not ('{' or '[') && !isPython) || !cursor.TrySkipValue(out TextSpan root)) return null;
        cursor.SkipWhiteSpace();
        int start = root.Start;
        int depth = 0;
        if (cursor.At < text.Length)
        {
            if (path.Keys.Count == 0) return path.FirstRow < 0 ? new JsonLocation("", null, 0, 0, new TextSpan(0, text.Length)) : RowLines(lines, path, out problem);
            if (!TryIndex(path.Keys[0], out int row) || RowLine(lines, row) is not { } line)
            {
                problem = $"The original is JSON, one value a line; {path.Pointer(1)} is none of its rows.";
                return null;
            }

            start = line.Start;
            depth = 1;
        }

        for (; depth < path.Keys.Count; depth++)
        {
            if (Child(text, start, path.Keys[depth], isPython) is { } child)
            {
                start = child;
                continue;
            }

            problem = $"There is no {MarkerText.Phrase(path.Pointer(depth + 1))}: {What(text, start, isPython, depth == 0 ? "the root" : MarkerText.Phrase(path.Pointer(depth)))}";
            return null;
        }

        string pointer = path.Pointer(path.Keys.Count);
        if (path.FirstRow >= 0) return Rows(text, start, isPython, pointer, path, out problem);
        cursor = new JsonCursor(text, start, isPython);
        return cursor.TrySkipValue(out TextSpan value) ? new JsonLocation(pointer, null, 0, 0, value) : null;
    }

    /// <summary>The value that keys lead to from the value at <paramref name="start"/>; <see langword="null"/> when there is none.</summary>
    public static TextSpan? FindIn(string text, int start, IReadOnlyList<string> keys, bool isPython)
    {
        foreach (string key in keys)
        {
            if (Child(text, start, key, isPython) is not { } child) return null;
            start = child;
        }

        return new JsonCursor(text, start, isPython).TrySkipValue(out TextSpan value) ? value : null;
    }

    /// <summary>Where the value under a key or index starts. It is not stepped over, so that a path as deep as the text costs one pass.</summary>
    private static int? Child(string text, int container, string key, bool isPython)
    {
        var cursor = new JsonCursor(text, container, isPython);
        if (cursor.TryTake('{'))
        {
            while (cursor.TryReadName(out string name))
            {
                cursor.SkipWhiteSpace();
                if (string.Equals(name, key, StringComparison.Ordinal)) return cursor.At;
                if (!cursor.TrySkipValue(out _) || !cursor.TryTake(',')) break;
            }
        }
        else if (cursor.TryTakeArray() && TryIndex(key, out int index))
        {
            for (; index > 0; index--)
            {
                if (!cursor.TrySkipValue(out _) || !cursor.TryTake(',')) return null;
            }

            cursor.SkipWhiteSpace();
            return cursor.Current is ']' or ')' or '\0' ? null : cursor.At;
        }

        return null;
    }

    /// <summary>Rows of an array, or members of an object with their names, counted alike.</summary>
    private static JsonLocation? Rows(string text, int container, bool isPython, string pointer, JsonPath path, out string problem)
    {
        var cursor = new JsonCursor(text, container, isPython);
        List<TextSpan> rows = [];
        int count = 0;
        bool isObject = cursor.TryTake('{');
        if (!isObject && !cursor.TryTakeArray())
        {
            problem = $"There are no rows: {What(text, container, isPython, pointer.Length == 0 ? "the root" : pointer)}";
            return null;
        }

        while (true)
        {
            cursor.SkipWhiteSpace();
            int start = cursor.At;
            if ((isObject && !cursor.TryReadName(out _)) || !cursor.TrySkipValue(out TextSpan row)) break;
            if (count >= path.FirstRow && count <= path.LastRow) rows.Add(isObject ? new TextSpan(start, row.End) : row);
            count++;
            if (!cursor.TryTake(',')) break;
        }

        return Located(rows, pointer, path, count, out problem);
    }

    private static JsonLocation? RowLines(TextLines lines, JsonPath path, out string problem)
    {
        List<TextSpan> rows = [];
        int count = 0;
        for (int line = 1; line <= lines.Count; line++)
        {
            var span = new TextSpan(lines.Start(line), lines.End(line));
            if (lines.Text.AsSpan(span.Start, span.Length).IsWhiteSpace()) continue;
            if (count >= path.FirstRow && count <= path.LastRow) rows.Add(span);
            count++;
        }

        return Located(rows, "", path, count, out problem);
    }

    private static JsonLocation? Located(List<TextSpan> rows, string pointer, JsonPath path, int count, out string problem)
    {
        problem = string.Create(CultureInfo.InvariantCulture, $"There is no row {path.FirstRow}: {(pointer.Length == 0 ? "the root" : pointer)} has {count:N0} rows, counted from 0.");
        return rows.Count == 0 ? null : new JsonLocation(pointer, rows, path.FirstRow, count, default);
    }

    private static TextSpan? RowLine(TextLines lines, int row)
    {
        for (int line = 1; line <= lines.Count; line++)
        {
            var span = new TextSpan(lines.Start(line), lines.End(line));
            if (!lines.Text.AsSpan(span.Start, span.Length).IsWhiteSpace() && row-- == 0) return span;
        }

        return null;
    }

    private static bool TryIndex(string key, out int index) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index);

    /// <summary>What stands where a path went wrong: the keys of an object, the number of rows of an array.</summary>
    private static string What(string text, int start, bool isPython, string name)
    {
        var cursor = new JsonCursor(text, start, isPython);
        if (cursor.TryTake('{'))
        {
            List<string> keys = [];
            bool more = false;
            while (cursor.TryReadName(out string key) && cursor.TrySkipValue(out _))
            {
                more = keys.Count == MaxListedKeys;
                if (more) break;
                keys.Add(MarkerText.Phrase(key.Length > MaxListedKey ? key[..MaxListedKey] + "..." : key));
                if (!cursor.TryTake(',')) break;
            }

            return keys.Count == 0 ? $"{name} is an empty object." : $"{name} is an object with the keys {string.Join(", ", keys)}{(more ? ", ..." : ".")}";
        }

        if (!cursor.TryTakeArray()) return $"{name} is not an array or object.";
        int count = 0;
        while (cursor.TrySkipValue(out _))
        {
            count++;
            if (!cursor.TryTake(',')) break;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{name} is an array of {count:N0} rows, counted from 0.");
    }
}
