using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Headroom.Compressors.Logs;

/// <summary>Decodes a folded log, driven by the text alone.</summary>
internal sealed class FoldedReader
{
    /// <summary>A text may claim to repeat anything: what it decodes to is bounded by this factor of its length.</summary>
    private const int MaxGrowth = 4_096;

    private const int MaxLength = 128 * 1024 * 1024;

    private readonly FoldedSyntax _syntax;
    private readonly StringBuilder _output = new();
    private readonly List<int> _starts = [];
    private readonly int _maxLength;

    private FoldedReader(char open, char close, int length)
    {
        _syntax = new FoldedSyntax(open, close);
        _maxLength = (int)Math.Min((long)length * MaxGrowth, MaxLength);
    }

    public static bool TryRead(string text, [NotNullWhen(true)] out string? original)
    {
        original = null;
        if (!FoldedSyntax.TryReadHeader(text, out char open, out char close, out int start)) return false;
        var reader = new FoldedReader(open, close, text.Length);
        if (!reader.TryReadLines(text.AsSpan(start))) return false;
        original = reader._output.ToString();
        return true;
    }

    private bool TryReadLines(ReadOnlySpan<char> rest)
    {
        while (true)
        {
            int end = rest.IndexOf('\n');
            ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            FoldedLine folded = _syntax.Classify(line);
            bool read = true;
            switch (folded.Kind)
            {
                case FoldedLineKind.Blank:
                    AddLine(line);
                    break;
                case FoldedLineKind.Plain:
                    AddLine(line);
                    break;
                case FoldedLineKind.Marked:
                    _syntax.Current = null;
                    AddLine(line[Math.Min(folded.Rest, line.Length)..]);
                    break;
                case FoldedLineKind.Repeat:
                    read = TryRepeat(line);
                    break;
                case FoldedLineKind.Definition:
                    read = TryDefine(line, ref rest, ref end);
                    break;
                default:
                    read = TryReadRow(line, folded);
                    break;
            }

            if (!read || _output.Length > _maxLength) return false;
            if (end < 0) return true;
        }
    }

    private void AddLine(ReadOnlySpan<char> line)
    {
        BeginLine();
        _output.Append(line);
    }

    private void BeginLine()
    {
        if (_starts.Count > 0) _output.Append('\n');
        _starts.Add(_output.Length);
    }

    private void AddLines(ReadOnlySpan<char> lines)
    {
        foreach (Range range in lines.Split('\n')) AddLine(lines[range]);
    }

    private bool TryDefine(ReadOnlySpan<char> line, ref ReadOnlySpan<char> rest, ref int end)
    {
        if (!LogPattern.TryReadHead(line, out ReadOnlySpan<char> name, out int lines, out int bodyStart)) return false;
        string body = line[bodyStart..].ToString();
        for (int i = 1; i < lines; i++)
        {
            if (end < 0) return false;
            end = rest.IndexOf('\n');
            body = $"{body}\n{(end < 0 ? rest : rest[..end])}";
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        if (!LogPattern.TryParse(name.ToString(), lines, body, _syntax.Open, _syntax.Close, out LogPattern? pattern)) return false;
        _syntax.Define(pattern);
        AddRecord(pattern);
        return true;
    }

    private bool TryReadRow(ReadOnlySpan<char> line, FoldedLine folded)
    {
        LogPattern pattern = folded.Pattern!;
        int at = folded.Rest;
        string[] values = pattern.Values;
        for (int i = 0; i < values.Length; i++)
        {
            bool isTime = pattern.Kinds[i] == PieceKind.Time;
            ReadOnlySpan<char> token = FoldedSyntax.AsAbove;
            if (i == pattern.LeadingTime)
            {
                if (folded.TimeLength > 0) token = line[..folded.TimeLength];
            }
            else if (at < line.Length)
            {
                int end = i == pattern.LastField ? line.Length : FoldedSyntax.TokenEnd(line, at);
                token = line[at..end];
                at = end + 1;
            }

            if (isTime ? !TryReadTime(ref values[i], token) : !TryReadField(ref values[i], token)) return false;
        }

        if (at < line.Length) return false;
        _syntax.Current = pattern;
        AddRecord(pattern);
        return true;
    }

    private bool TryReadTime(ref string value, ReadOnlySpan<char> token)
    {
        string last = _syntax.LastTime(value) ?? value;
        if (token is FoldedSyntax.AsAbove)
        {
            value = last;
            return true;
        }

        string changed = FoldedSyntax.Unquoted(token);
        if (!TimeScanner.TryApply(last, changed, out int keep)) return false;
        value = string.Concat(last.AsSpan(0, keep), changed);
        _syntax.SetTime(value);
        return true;
    }

    private static bool TryReadField(ref string value, ReadOnlySpan<char> token)
    {
        if (!FoldedSyntax.TryAbsolute(value, token, out string? absolute)) return false;
        value = absolute;
        return true;
    }

    private void AddRecord(LogPattern pattern)
    {
        if (pattern.Lines == 1)
        {
            BeginLine();
            Write(pattern, _output);
            return;
        }

        var record = new StringBuilder();
        Write(pattern, record);
        AddLines(record.ToString());
    }

    private static void Write(LogPattern pattern, StringBuilder output)
    {
        foreach (PatternPiece piece in pattern.Pieces) output.Append(piece.Kind == PieceKind.Literal ? piece.Text : pattern.Values[piece.Field]);
    }

    /// <summary>Reads <c>[= line 7]</c>, <c>[= lines 7-9]</c>, <c>[last line x3 more]</c> or <c>[last 2 lines x3 more]</c>.</summary>
    private bool TryRepeat(ReadOnlySpan<char> line)
    {
        if (!TryParseRepeat(line, out int first, out int last, out int times) || first < 0 || last >= _starts.Count || first > last) return false;
        int end = last + 1 < _starts.Count ? _starts[last + 1] - 1 : _output.Length;
        int length = end - _starts[first];
        if ((long)(length + 1) * times + _output.Length > _maxLength) return false;
        string block = _output.ToString(_starts[first], length);
        for (int i = 0; i < times; i++) AddLines(block);
        return true;
    }

    private bool TryParseRepeat(ReadOnlySpan<char> line, out int first, out int last, out int times)
    {
        (first, last, times) = (-1, -1, 1);
        if (line[^1] != ']') return false;
        ReadOnlySpan<char> body = line[1..^1];
        if (body.StartsWith("= line ", StringComparison.Ordinal))
        {
            if (!TryNumber(body[7..], out int only)) return false;
            first = last = only - 1;
            return true;
        }

        if (body.StartsWith("= lines ", StringComparison.Ordinal))
        {
            ReadOnlySpan<char> range = body[8..];
            int dash = range.IndexOf('-');
            if (dash < 0 || !TryNumber(range[..dash], out int from) || !TryNumber(range[(dash + 1)..], out int to)) return false;
            (first, last) = (from - 1, to - 1);
            return true;
        }

        int count = 1;
        int x = body.IndexOf(" x");
        if (x < 0 || !body.EndsWith(" more", StringComparison.Ordinal) || x + 2 > body.Length - 5 || !TryNumber(body[(x + 2)..^5], out times)) return false;
        ReadOnlySpan<char> what = body[5..Math.Max(5, x)];
        if (what is not "line" && (!what.EndsWith(" lines", StringComparison.Ordinal) || !TryNumber(what[..^6], out count))) return false;
        last = _starts.Count - 1;
        first = _starts.Count - count;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
