using System.Buffers;

namespace Headroom.Compressors.Logs;

/// <summary>How much a line matters to someone who asks what went wrong, by itself: from 0 to 100.</summary>
internal static class LineInterest
{
    public const int Error = 100;
    public const int Summary = 90;
    public const int Problem = 78;
    public const int Assertion = 82;
    public const int TopFrame = 80;
    public const int Warning = 62;
    public const int Trace = 58;
    public const int None = 0;

    private static readonly SearchValues<string> Errors = SearchValues.Create(
        [
            "ERROR", "FATAL", "CRITICAL", "SEVERE", "EMERG", "PANIC", "panic:", "error:", "Error:", "error[", "fatal:", "FAILED", "FAILURE", "FAIL:", "FAIL ", "Exception:",
            "Traceback (", "Caused by", "error CS", "error TS", "error MSB", "error NU", "npm ERR!", "npm error", "E: ", "\"level\":50", "\"level\":60", "level=error", "level=fatal",
            "\"level\":\"error\"", "Segmentation fault", "undefined reference", "\u2717", "\u2715", "\u2716", "not ok ", "AssertionError", "<<<<<<<", "##[error]",
        ],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> Summaries = SearchValues.Create(
        [
            " passed", " failed", "passing", "failing", "BUILD ", "Build FAILED", "Build succeeded", "Tests run:", "Ran ", "Test Suites:", "Tests:", "FAILED (", " Error(s)",
            " Warning(s)", "exited with", "exit code", "returned 1", "newly installed", "vulnerabilities", "problems (", "Job succeeded", "Finished in", "Total tests", "test result:",
        ],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> Problems = SearchValues.Create(
        [
            "error", "fail", "exception", "fatal", "panic", "traceback", "denied", "refused", "timeout", "timed out", "cannot ", "can't ", "could not", "unable to", "segfault",
            "abort", "killed", "out of memory", "oomkill", "not found", "no such file", "conflict", "unresolved", "violat", "reject", "invalid", "unauthorized", "forbidden",
            "unreachable", "corrupt", "crash", "deadlock", "backoff", "evict", "expired", "missing",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Warnings = SearchValues.Create(["warn", "deprecat", "retry", "retri", "restart", "skipped"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NoProblems = SearchValues.Create(
        [" 0 error", " 0 fail", "errors=0", "failures=0", "errors: 0", "failures: 0", " no error", "failed=0", "Failures: 0, Errors: 0", "0 Error(s)"], StringComparison.OrdinalIgnoreCase);

    /// <summary>What test runners write before the two sides of a comparison.</summary>
    private static readonly string[] Sides = ["expected", "received", "actual", "got", "want", "left", "right", "but was", "found", "diff"];

    /// <summary>Looks at no more than this of a line: messages say early what they are about.</summary>
    private const int MaxLength = 1_000;

    public static int Of(ReadOnlySpan<char> line)
    {
        if (line.Length > MaxLength) line = line[..MaxLength];
        int interest = ByWords(line);
        return interest < Assertion && IsAssertion(line) ? Assertion : interest;
    }

    private static int ByWords(ReadOnlySpan<char> line)
    {
        bool hasNumber = line.ContainsAnyInRange('0', '9');
        if (hasNumber && line.Length < 200 && line.ContainsAny(Summaries)) return Summary;
        bool isProblem = line.ContainsAny(Problems) && !line.ContainsAny(NoProblems);
        if (isProblem && line.ContainsAny(Errors)) return Error;
        if (!isProblem && line.ContainsAny(Errors) && !line.ContainsAny(NoProblems)) return Error;
        if (isProblem) return Problem;
        if (hasNumber && IsFailedRequest(line)) return Problem;
        if (line.Length < 200 && line.ContainsAny(Summaries)) return Warning;
        return line.ContainsAny(Warnings) ? Warning : None;
    }

    /// <summary>A line in which a test runner says what it compared: pytest's <c>E</c> and <c>&gt;</c> lines, <c>Expected: 3</c>, <c>got: 4</c>.</summary>
    private static bool IsAssertion(ReadOnlySpan<char> line)
    {
        if (line.Length > 3 && line[0] is 'E' or '>' && line[1] == ' ' && line[2] == ' ') return true;
        line = line.TrimStart(" \t|+-");
        int colon = line[..Math.Min(line.Length, 12)].IndexOf(':');
        if (colon <= 0) return false;
        foreach (string side in Sides)
            if (line[..colon].TrimEnd(' ').Equals(side, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Whether the line continues a stack trace that was begun above it.</summary>
    public static bool ContinuesTrace(ReadOnlySpan<char> line) =>
        line.Length > 0 && (line[0] is ' ' or '\t' || line.StartsWith("at ", StringComparison.Ordinal) || line.StartsWith("Caused by", StringComparison.Ordinal));

    /// <summary>An access log's status of 400 and above, as in <c>HTTP/1.1" 404 </c>.</summary>
    private static bool IsFailedRequest(ReadOnlySpan<char> line)
    {
        int at = line.IndexOf(" HTTP/", StringComparison.Ordinal);
        if (at < 0) return false;
        int quote = line[at..].IndexOf("\" ", StringComparison.Ordinal);
        if (quote < 0 || at + quote + 5 > line.Length) return false;
        ReadOnlySpan<char> status = line.Slice(at + quote + 2, 3);
        return status[0] is '4' or '5' && char.IsAsciiDigit(status[1]) && char.IsAsciiDigit(status[2]);
    }
}
