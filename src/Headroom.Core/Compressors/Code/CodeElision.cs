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

    /// <summary>Lines a signature may go on for.</summary>
    private const int MaxSignature = 8;

    /// <summary>Lines of a body that are shown whole when its declaration is asked for.</summary>
    private const int MaxBody = 80;

    /// <summary>Characters a gap line takes; most say only where, as the declaration stands above.</summary>
    private const int GapCost = 50;

    /// <summary>Estimated tokens from which leaving lines out is worth a gap line.</summary>
    private const int MinWon = 15;

    /// <summary>Declarations stay whatever the budget, up to this share of the text: files that are nothing but declarations are chosen from like any other.</summary>
    private const double MaxPinned = 0.45;

    private readonly LineList _lines;
    private readonly int _length;
    private int _pinned, _pins;
    private readonly string[] _code;
    private readonly LineBudget _selection;
    private readonly (CodeOutline.Kind Kind, string Name)[] _outline;

    private CodeElision(string text)
    {
        _lines = new LineList(text);
        _selection = new LineBudget(_lines, GapCost) { IsShort = IsShort, Least = Blank + 1 };
        _length = text.Length;
        _code = NumberedCode.Strip(text);
        _outline = new (CodeOutline.Kind, string)[_selection.Count];
        int below = -1;
        for (int i = _outline.Length - 1; i >= 0; i--)
        {
            _outline[i] = CodeOutline.Of(_code[i], below < 0 ? "" : _code[below]);
            if (_outline[i].Kind != CodeOutline.Kind.Blank) below = i;
        }
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var elision = new CodeElision(request.Text);
        elision.RateOutline();
        elision.RateQuestion(request.Question);
        int declared = Math.Min(elision._pinned, (int)(MaxPinned * elision._length)) + elision._pins * GapCost;
        return elision._selection.Select("outline", Math.Max(budget, declared + budget / AskedPart), elision.Phrase);
    }

    private void RateOutline()
    {
        for (int i = 0; i < _outline.Length; i++)
        {
            bool isPrivate = _code[i].Contains("private ", StringComparison.Ordinal);
            int interest = _outline[i].Kind switch
            {
                CodeOutline.Kind.Type => 88,
                CodeOutline.Kind.Member => isPrivate ? 64 : 74,
                CodeOutline.Kind.Field => isPrivate ? 36 : 62,
                CodeOutline.Kind.Import => 22,
                CodeOutline.Kind.Comment => 10,
                CodeOutline.Kind.Other => _code[i].AsSpan().Trim().Length < 3 ? Blank : AnyBody,
                _ => Blank,
            };
            _selection.Raise(i, interest);
            bool declares = _outline[i].Kind is CodeOutline.Kind.Member or CodeOutline.Kind.Type || (_outline[i].Kind == CodeOutline.Kind.Field && IsPublic(_code[i]));
            if (declares && !isPrivate) Pin(i);
            if (_outline[i].Kind is not (CodeOutline.Kind.Member or CodeOutline.Kind.Type)) continue;
            for (int d = i - 1; d >= 0 && _outline[d].Kind == CodeOutline.Kind.Decorator; d--) _selection.Raise(d, 66);
            for (int s = i; s < i + MaxSignature && s + 1 < _outline.Length && !EndsSignature(_code[s]); s++) _selection.Raise(s + 1, interest);
        }
    }

    private void Pin(int line)
    {
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

    private static bool EndsSignature(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        return line.IsEmpty || line[^1] is '{' or ':' or ';' or '}' or ')' || line.EndsWith("=>") || line.IndexOf('(') < 0;
    }

    private void RateQuestion(string question)
    {
        double[] scores = new QuestionRanking(question).Score(_lines, _selection.Count);
        _selection.RaiseAsked(scores, top: 92, neighbours: 3);
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] < 0.5 || _outline[i].Kind != CodeOutline.Kind.Member) continue;
            int indent = Indent(i);
            for (int b = i + 1; b < Math.Min(_outline.Length, i + MaxBody); b++)
            {
                if (_outline[b].Kind is CodeOutline.Kind.Member or CodeOutline.Kind.Type && Indent(b) <= indent) break;
                _selection.Raise(b, 78);
            }
        }
    }

    private int Indent(int line) => _code[line].AsSpan().IndexOfAnyExcept(' ', '\t');

    private string Phrase(int first, int last)
    {
        List<string> names = [];
        for (int i = first; i <= last; i++)
        {
            if (_outline[i].Kind is CodeOutline.Kind.Member or CodeOutline.Kind.Type && _outline[i].Name.Length is > 0 and < 48) names.Add(_outline[i].Name);
        }

        if (names.Count > 0) return GapWords.Names(names, 4);
        int code = Enumerable.Range(first, last - first + 1).FirstOrDefault(i => _outline[i].Kind is not (CodeOutline.Kind.Blank or CodeOutline.Kind.Comment), -1);
        if (code < 0) return "comments";
        if (_outline[code].Kind == CodeOutline.Kind.Import) return "imports";
        for (int i = first - 1; i >= 0 && i > first - 400; i--)
        {
            if (_outline[i].Kind is CodeOutline.Kind.Member or CodeOutline.Kind.Type) return first - i <= MaxSignature ? "" : "in " + _outline[i].Name; // it stands right above
        }

        return "";
    }
}
