using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Text;

/// <summary>Chooses lines of prose: those that answer the question with their headings and neighbours, else headings and what paragraphs begin with.</summary>
internal static class ProseElision
{
    /// <summary>Characters up to which a line without a full stop can be a heading.</summary>
    private const int MaxHeading = 80;

    /// <summary>
    /// Share of the budget that a telling question needs: measured, what answers it stands among the best-scored two thirds, and the rest was kept for nothing.
    /// </summary>
    private const double AnsweredShare = 0.65;

    /// <summary>Characters below which a smaller share saves little and begins to cut answers: some 700 tokens.</summary>
    private const int MinAnswer = 3_000;

    /// <summary>Lines under a heading that is asked for which stay before others: about what a section says first.</summary>
    private const int MaxSection = 24;

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var lines = new LineList(request.Text);
        var selection = new LineBudget(lines);
        var question = new QuestionRanking(request.Question);
        double[] scores = question.ScorePassages(lines, selection.Count);
        selection.RaiseAsked(scores, top: 95, neighbours: 2);
        bool answered = Array.Exists(scores, s => s > 0);
        selection.Raise(0, 90);
        int heading = -1;
        for (int i = 0; i < selection.Count; i++)
        {
            ReadOnlySpan<char> line = lines[i];
            bool begins = i == 0 || lines[i - 1].IsWhiteSpace();
            if (IsHeading(line, begins, i + 1 >= selection.Count || lines[i + 1].IsWhiteSpace())) heading = i;
            if (heading == i) selection.Raise(i, answered ? 45 : 75);
            else if (begins && !line.IsWhiteSpace()) selection.Raise(i, answered ? 30 : 55);
            else if (!line.IsWhiteSpace()) selection.Raise(i, answered ? 10 : 25);
            if (heading >= 0 && scores[i] > 0.4) selection.Raise(heading, 85);
        }

        if (answered) RaiseSections(lines, selection, question.Score(lines, selection.Count));
        if (answered) budget = Math.Max((int)(budget * AnsweredShare), Math.Min(budget, MinAnswer));
        return selection.Select("lines", budget, (first, last) => Phrase(lines, first, last));
    }

    /// <summary>What stands under a heading that the question names answers it, in whatever words.</summary>
    private static void RaiseSections(LineList lines, LineBudget selection, double[] scores)
    {
        int left = 0;
        for (int i = 0; i < selection.Count; i++)
        {
            bool heading = IsHeading(lines[i], i == 0 || lines[i - 1].IsWhiteSpace(), i + 1 >= selection.Count || lines[i + 1].IsWhiteSpace());
            if (heading) left = scores[i] >= 0.5 ? MaxSection : left > 0 && lines[i].StartsWith("#") ? 0 : left;
            else if (left > 0 && !lines[i].IsWhiteSpace()) selection.Raise(i, 50 + left--);
        }
    }

    /// <summary>A Markdown heading, or a short line of its own that is no sentence.</summary>
    public static bool IsHeading(ReadOnlySpan<char> line, bool afterBlank, bool beforeBlank)
    {
        line = line.Trim();
        if (line.StartsWith("#")) return line.TrimStart('#').StartsWith(" ");
        return afterBlank && beforeBlank && line.Length is > 2 and < MaxHeading && char.IsLetterOrDigit(line[0]) && !(line[^1] is '.' or ',' or ';' or '!' or '?');
    }

    private static string Phrase(LineList lines, int first, int last)
    {
        List<string> headings = [];
        for (int i = first; i <= last && headings.Count < 8; i++)
        {
            if (IsHeading(lines[i], i > 0 && lines[i - 1].IsWhiteSpace(), i + 1 < lines.Count && lines[i + 1].IsWhiteSpace()))
                headings.Add(lines[i].Trim("# \r").ToString());
        }

        if (headings.Count > 0) return "on " + GapWords.Names(headings, 3);
        for (int i = first; i <= last; i++)
        {
            if (!lines[i].IsWhiteSpace()) return "from \"" + lines[i].Trim()[..Math.Min(lines[i].Trim().Length, 40)].ToString() + "\"";
        }

        return "blank";
    }
}
