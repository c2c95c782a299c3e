using Headroom.Internal.Code;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Code;

/// <summary>Chooses lines of source code: every declaration, and the bodies that have to do with the question.</summary>
internal sealed class CodeElision
{
    /// <summary>One part in so many of the budget is for what the question asks, however much is declared.</summary>
    private const int AskedPart = 4;

    /// <summary>Interest of a line of a body that the question does not ask for: shown where the budget still holds it.</summary>
    private const int AnyBody = 14;

    /// <summary>Interest of blank lines and brackets, which are shown only where a gap would win too little.</summary>
    private const int Blank = 6;

    /// <summary>Interest of a function inside a body: a part of how, not of what.</summary>
    private const int Local = 40;

    /// <summary>Lines a signature may go on for.</summary>
    private const int MaxSignature = 8;

    /// <summary>Lines of a body that are shown whole when its declaration is asked for.</summary>
    private const int MaxBody = 80;

    /// <summary>Longer names say too little for what they take.</summary>
    private const int MaxName = 48;

    /// <summary>Characters of names in a gap line: they can be asked for by name, and "and 12 more" has to fit behind them.</summary>
    private const int MaxNames = 56;

    /// <summary>Characters a gap line takes; most say only where, as the declaration stands above.</summary>
    private const int GapCost = 50;

    /// <summary>Estimated tokens from which leaving lines out is worth a gap line.</summary>
    private const int MinWon = 15;

    /// <summary>Declarations stay whatever the budget, up to this share of the text: files that are nothing but declarations are chosen from like any other.</summary>
    private const double MaxPinned = 0.45;

    private readonly LineList _lines;
    private readonly int _length;
    private int _pinned, _pins;
    private readonly LineBudget _selection;
    private readonly CodeOutline _outline;
    private readonly Declaration[] _declared;
    private readonly Declaration?[] _around;

    private CodeElision(NumberedCode source, string shown)
    {
        _lines = new LineList(shown);
        _selection = new LineBudget(_lines, GapCost) { IsShort = IsShort, Least = Blank + 1 };
        _length = shown.Length;
        _outline = CodeOutline.Of(source);
        _declared = [.. _outline.Declarations.Where(d => d.Kind != LineKind.Field && d.Name.Length is > 0 and <= MaxName).OrderBy(d => d.Line)];
        _around = Around();
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        NumberedCode source = NumberedCode.Read(request.Text);
        ShortNumbering? numbers = ShortNumbering.Of(request.Text, source);
        var elision = new CodeElision(source, numbers?.Text ?? request.Text);
        elision.RateOutline();
        elision.RateQuestion(request.Question);
        if (numbers is not null) budget = (int)Math.Min(budget * numbers.Gain, int.MaxValue / 2);
        int declared = Math.Min(elision._pinned, (int)(MaxPinned * elision._length)) + elision._pins * GapCost;
        ElidedCandidate? candidate = elision._selection.Select("outline", Math.Max(budget, declared + budget / AskedPart), elision.Phrase);
        return candidate is null || numbers is null ? candidate : candidate with { Parts = [new KeptPart(numbers.Legend, null), .. candidate.Parts] };
    }

    private void RateOutline()
    {
        for (int i = 0; i < _selection.Count; i++)
        {
            _selection.Raise(i, _outline.Kinds[i] switch
            {
                LineKind.Import => 22,
                LineKind.Comment => 10,
                LineKind.Blank => Blank,
                _ => _outline.Lines[i].AsSpan().Trim().Length < 3 ? Blank : AnyBody,
            });
        }

        foreach (Declaration declaration in _outline.Declarations)
        {
            int line = declaration.Line;
            bool isPrivate = declaration.IsLocal || _outline.Lines[line].Contains("private ", StringComparison.Ordinal);
            int interest = declaration.Kind switch
            {
                LineKind.Type => 88,
                LineKind.Member => declaration.IsLocal ? Local : isPrivate ? 64 : 74,
                _ => isPrivate ? 36 : 62,
            };
            _selection.Raise(line, interest);
            if (!isPrivate && (declaration.Kind != LineKind.Field || IsPublic(_outline.Lines[line]))) Pin(line);
            if (declaration.Kind == LineKind.Field) continue;
            for (int d = line - 1; d >= declaration.First && _outline.Kinds[d] == LineKind.Decorator; d--) _selection.Raise(d, 66);
            for (int s = line + 1; s <= Math.Min(declaration.Signature, line + MaxSignature); s++)
            {
                if (_outline.Lines[s].AsSpan().Trim().Length > 1) _selection.Raise(s, interest);
            }
        }
    }

    private void Pin(int line)
    {
        if (_selection.IsPinned(line)) return; // two are declared on it
        _pinned += _lines[line].Length + 1;
        if (_pinned > MaxPinned * _length) return;
        _selection.Pin(line);
        _pins++;
    }

    private static bool IsPublic(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        return line.StartsWith("public ") || line.StartsWith("export") || line.StartsWith("pub ") || line.StartsWith("module.exports");
    }

    private bool IsShort(int first, int last)
    {
        int won = 0;
        for (int i = first; i <= last && won < MinWon; i++) won += TokenEstimate.Of(_lines[i]) + 1;
        return won < MinWon;
    }

    private void RateQuestion(string question)
    {
        double[] scores = new QuestionRanking(question).Score(_lines, _selection.Count);
        _selection.RaiseAsked(scores, top: 92, neighbours: 3);
        foreach (Declaration declaration in _outline.Declarations)
        {
            if (declaration.Kind != LineKind.Member || scores[declaration.Line] < 0.5) continue;
            for (int b = declaration.Line + 1; b <= Math.Min(declaration.Last, declaration.Line + MaxBody); b++) _selection.Raise(b, 78);
        }
    }

    /// <summary>Names what is declared in a gap, so that it can be asked for by name; or what it is a part of, unless that stands right above.</summary>
    private string Phrase(int first, int last)
    {
        List<string> names = [];
        for (int i = LowerBound(first); i < _declared.Length && _declared[i].Line <= last; i++) names.Add(_declared[i].Name);
        if (names.Count > 0) return GapWords.Names(names, Fitting(names));
        int code = Enumerable.Range(first, last - first + 1).FirstOrDefault(i => _outline.Kinds[i] is not (LineKind.Blank or LineKind.Comment), -1);
        if (code < 0) return "comments";
        if (_outline.Kinds[code] == LineKind.Import) return "imports";
        Declaration? around = _around[first];
        return around is null || first - around.Line <= MaxSignature ? "" : "in " + around.Name;
    }

    /// <summary>How many of the names a gap line has room for, one at least.</summary>
    private static int Fitting(List<string> names)
    {
        int count = 0, length = 0;
        while (count < names.Count && (count == 0 || length + names[count].Length + 2 <= MaxNames)) length += names[count++].Length + 2;
        return count;
    }

    /// <summary>Index of the first declaration at or behind a line.</summary>
    private int LowerBound(int line)
    {
        int low = 0, high = _declared.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_declared[middle].Line < line) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>For each line the innermost declaration that begins above it and reaches it.</summary>
    private Declaration?[] Around()
    {
        var around = new Declaration?[_outline.Lines.Length];
        var open = new Stack<Declaration>();
        int next = 0;
        for (int i = 0; i < around.Length; i++)
        {
            while (open.Count > 0 && open.Peek().Last < i) open.Pop();
            around[i] = open.Count > 0 ? open.Peek() : null;
            for (; next < _declared.Length && _declared[next].Line <= i; next++) open.Push(_declared[next]);
        }

        return around;
    }
}
