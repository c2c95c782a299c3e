using System.Buffers;
using Headroom.Internal;
using Headroom.Internal.Json;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Logs;

/// <summary>Tells logs and terminal output from source code, diffs, configuration, markup and prose, line by line.</summary>
internal static class LogProbe
{
    /// <summary>How far into a line times and levels stand; further right they are part of a message or of prose.</summary>
    private const int HeadLength = 72;

    private static readonly SearchValues<string> Levels = SearchValues.Create(
        ["INFO", "WARN", "ERROR", "DEBUG", "TRACE", "FATAL", "CRITICAL", "NOTICE", "level=", "\"level\"", "SEVERE", "[error]", "[info]", "[warn]", "[debug]"],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            ": error", ": warning", "error:", "warning:", "... ok", "... FAIL", "... ERROR", "... done", " PASSED", " FAILED", "PASS ", "FAIL ", "npm ERR!", "npm WARN",
            "npm error", "npm warn", "travis_", "##[", "Traceback (", "Exception", " passed", " failed", "BUILD ", "exit code", "Elapsed", "test session starts",
            ": note:", "fatal:", "Severity:",
        ],
        StringComparison.Ordinal);

    /// <summary>Ticks, crosses and bullets of test runners and service managers. Apart from <see cref="Signs"/>, whose search is fast only for ASCII.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create("\u2713\u2717\u2714\u2716\u25cf");

    private static readonly LineBeginnings Starts = new(
    [
        "Compiling ", "Download", "Installing ", "Installed ", "Setting up ", "Unpacking ", "Selecting ", "Preparing ", "Get:", "Hit:", "Building ", "Running ",
        "Collecting ", "Requirement already", "Using cached ", "$ ", "====", "----", "____", "Step ", "Traceback", "E   ", "at ", "remote: ", "Receiving ",
        "Restored ", "Checking ", "Creating ", "Linking ", "Inst ", "Conf ", "added ", "collected ", "Starting ", "Sending ", "Reading ", "ok ", "not ok ", "# Subtest", "make",
        "> Task ", "In file included from", "-- ", "Removing ", "Updating ", "Fetching ", "Resolving ", "Executing ",
    ]);

    private static readonly LineBeginnings CodeStarts = new(
    [
        "def ", "class ", "import ", "return ", "if (", "for (", "while (", "public ", "private ", "protected ", "internal ", "static ", "using ", "namespace ", "#include", "#define",
        "// ", "/*", "* ", "func ", "fn ", "const ", "let ", "var ", "export ", "package ", "struct ", "impl ", "pub ", "use ", "type ", "interface ", "@", "</", "<", "elif ", "else",
        "self.", "this.", "end", "case ", "try:", "except", "SELECT ", "CREATE ", "INSERT ",
    ]);

    /// <summary>Openings that only test runners and crashing programs print: what follows may be quoted code, the whole is still their output.</summary>
    private static readonly SearchValues<string> Certain = SearchValues.Create(
        ["= test session starts =", "\nTraceback (most recent call last):\n", "= FAILURES =", "short test summary info", "BUILD FAILED", "BUILD SUCCESS", "undefined reference to"],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> Diagnostics = SearchValues.Create(
        [": error", ": warning", ": note", ": info", ": fatal", " error:", " warning:", ": E", ": W", ": F", ": C", ": in "], StringComparison.Ordinal);

    private static readonly SearchValues<string> Reports = SearchValues.Create(
        ["<testsuite", "<checkstyle", "<coverage", "<BugCollection", "<results version", "<pmd", "<issues", "<TestRun", "<key>diagnostics</key>", "<nmaprun"], StringComparison.Ordinal);

    private static readonly LineBeginnings DiffStarts = new(["diff --git ", "@@ -", "+++ ", "Index: ", "index "]);

    private static readonly LineBeginnings ProseStarts = new(["# ", "## ", "### ", "#### ", "- ", "* ", "```", "| ", "> ", "1. "]);

    public static double Of(ReadOnlySpan<char> sample)
    {
        if (sample.IsWhiteSpace()) return 0;
        if (sample.TrimStart().StartsWith('<')) return IsReport(sample) ? 0.5 : 0;
        if (JsonBeginning.IsIndented(sample)) return 0;
        int lines = 0, log = 0, alike = 0, code = 0, diff = 0, prose = 0, settings = 0, hits = 0, json = 0;
        ulong previous = 0;
        bool isTerminal = sample.Contains('\u001b') || HasOverwrite(sample);
        foreach (Range range in sample.Split('\n'))
        {
            ReadOnlySpan<char> whole = sample[range].TrimEnd();
            ReadOnlySpan<char> line = whole.TrimStart();
            if (line.Length == 0) continue;
            if (IsExcerpt(line)) continue;
            lines++;
            if (DiffStarts.Begin(line)) diff++;
            if (line[0] == '{') json++;
            if (IsSearchHit(line)) hits++;
            else if (IsLog(line)) log++;
            else if (CodeStarts.Begin(line) || line[^1] is '{' or '}' or ';') code++;
            else if (ProseStarts.Begin(line) || IsProse(line)) prose++;
            ulong head = Head(whole);
            if (head == previous) alike++;
            else if (IsSetting(line)) settings++;
            previous = head;
        }

        if (lines == 0) return 0;
        double score = (log + 0.3 * alike - 0.8 * code - 3.0 * diff - 0.6 * prose - 0.5 * settings - 0.7 * hits) / lines;
        if (json > 0.9 * lines) return lines < 4 ? 0 : 0.25; // one object a line is data of another kind; folding it is still worth a try
        if (sample.ContainsAny(Certain)) score = Math.Max(score, 0.4);
        if (isTerminal) score = Math.Max(score, 0) + 0.5;
        return Math.Clamp(score * 1.6, 0, 0.95);
    }

    /// <summary>What a tool reports in XML is data, unlike XML that someone wrote and will edit.</summary>
    private static bool IsReport(ReadOnlySpan<char> sample) => sample.Count('\n') > 20 && sample.ContainsAny(Reports);

    private static bool IsLog(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> head = line[..Math.Min(line.Length, HeadLength)];
        return TimeScanner.TryFind(head, 0, out _, out _) || head.ContainsAny(Levels) || Starts.Begin(line)
            || MarksProgress(line[..Math.Min(line.Length, 400)]);
    }

    private static bool MarksProgress(ReadOnlySpan<char> line) => line.ContainsAny(Signs) || line.ContainsAny(Marks);

    /// <summary><c>path:12:text</c> as search tools print it.</summary>
    private static bool IsSearchHit(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0 || !line[..colon].ContainsAny('.', '/') || line[..colon].Contains(' ')) return false;
        ReadOnlySpan<char> rest = line[(colon + 1)..];
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && (rest[digits] is ':' or '-') && !line[..Math.Min(line.Length, 400)].ContainsAny(Diagnostics);
    }

    /// <summary>A line of source under a compiler message, as in <c>  12 | int x;</c>: it says nothing either way.</summary>
    private static bool IsExcerpt(ReadOnlySpan<char> line)
    {
        int digits = line.IndexOfAnyExceptInRange('0', '9');
        return digits >= 0 && line[digits..].TrimStart().StartsWith('|');
    }

    private static bool IsProse(ReadOnlySpan<char> line) => line.Length > 60 && line.Count(' ') * 4 > line.Length / 2 && char.IsLetter(line[0]) && !line.ContainsAnyInRange('0', '9');

    private static bool IsSetting(ReadOnlySpan<char> line)
    {
        int end = line.IndexOfAny(":= ");
        return end > 0 && (end + 1 == line.Length || line[end] == '=' || line[end + 1] == ' ') && line[end] != ' ';
    }

    private static bool HasOverwrite(ReadOnlySpan<char> sample)
    {
        int at = sample.IndexOf('\r');
        return at >= 0 && at + 1 < sample.Length && sample[at + 1] != '\n';
    }

    /// <summary>The first word with digits alike, and the indentation: lines of one statement agree in it.</summary>
    private static ulong Head(ReadOnlySpan<char> line)
    {
        ulong hash = Fnv1a.Seed;
        bool word = false;
        foreach (char c in line[..Math.Min(line.Length, 24)])
        {
            if (word && c is ' ' or '(' or ':' or '[' or '/') break;
            if (c is not ' ' and not '\t') word = true;
            hash = Fnv1a.Mix(hash, char.IsAsciiDigit(c) ? '0' : c);
        }

        return hash;
    }
}
