using System.Globalization;

namespace Headroom.Compressors.Diffs;

/// <summary>Says what was left out of a diff in one place: hunk headers as they are, changed lines as counts or as where they stand, context not at all.</summary>
internal sealed class DiffGapPhrase
{
    /// <summary>Characters of a hunk's header beside other words: its numbers, and a word of where it is.</summary>
    private const int MaxHeader = 27;

    private readonly int[] _changed = new int[2];
    private string _header = "", _said = "";
    private bool _generated, _spaced;
    private int _headers, _firstSource = -1, _lastSource, _echoes;
    private DiffLineKind _echo;

    public void Header(ReadOnlySpan<char> line)
    {
        if (_headers++ == 0) _header = line.TrimEnd('\r').ToString();
    }

    public void Say(string what) => _said = what;

    /// <param name="kind">Added or removed.</param>
    /// <param name="source">The line that says the same.</param>
    /// <param name="exact">Whether it has the same white space too.</param>
    public void Echo(DiffLineKind kind, int source, bool exact)
    {
        _spaced |= !exact;
        if (_echoes++ == 0) (_firstSource, _lastSource, _echo) = (source, source, kind);
        else (_firstSource, _lastSource) = (Math.Min(source, _firstSource), Math.Max(source, _lastSource));
    }

    public void Changed(DiffLineKind kind, FileMaking making)
    {
        _changed[kind == DiffLineKind.Added ? 0 : 1]++;
        _generated |= making == FileMaking.Generated;
    }

    public override string ToString()
    {
        List<string> parts = [];
        if (_said.Length > 0) parts.Add(_said);
        if (_echoes > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(_echo == DiffLineKind.Added ? "added" : "removed")} as lines {_firstSource + 1}-{_lastSource + 1}{(_spaced ? " but for spaces" : "")}"));
        if (_generated) parts.Add("generated");
        if (_changed[0] > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_changed[0]} added"));
        if (_changed[1] > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_changed[1]} removed"));
        string header = parts.Count > 0 && _header.Length > MaxHeader ? _header[..MaxHeader].TrimEnd() : _header;
        if (_headers > 0) parts.Insert(0, _headers == 1 ? header : string.Create(CultureInfo.InvariantCulture, $"{_headers} hunks from {header}"));
        return string.Join("; ", parts);
    }
}
