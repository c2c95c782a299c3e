using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Leaves out of a JSON text what matters least: rows, members, or whole containers, each named by its pointer.</summary>
internal sealed class JsonElision
{
    /// <summary>Attempts to meet the budget: how much tables and legends save is known only when they are written.</summary>
    private const int MaxAttempts = 4;

    /// <summary>How near the budget an attempt must come.</summary>
    private const double TooMuch = 1.04, TooLittle = 0.94;

    /// <summary>Estimates are low for dense rows and high for indented text, by a tenth and more.</summary>
    private const double Caution = 0.95;

    /// <summary>Estimated tokens of a gap line.</summary>
    private const int GapTokens = 30;

    /// <summary>Share of the budget for what is said of the rows left out.</summary>
    private const double SummaryShare = 0.12;

    /// <summary>Characters of it at most: a list of more names is a text of its own, to be searched.</summary>
    private const double MaxSummary = 6_000;

    /// <summary>Share of the text a container must make up for its rows to be what the header counts.</summary>
    private const double MainShare = 0.6;

    private readonly Outline _outline;
    private readonly JsonTape _tape;
    private readonly bool _areLines;

    private JsonElision(JsonTape tape, bool areLines)
    {
        _outline = new Outline(tape);
        _tape = tape;
        _areLines = areLines;
    }

    /// <param name="tape">The parsed text.</param>
    /// <param name="areLines">Whether the text is one value a line.</param>
    /// <param name="question">What precedes it.</param>
    /// <param name="budget">Characters of the original's spelling that may stay.</param>
    /// <param name="title">The first line: what the values stand for.</param>
    public static ElidedCandidate? Select(JsonTape tape, bool areLines, string question, int budget, DocumentHeader title) =>
        new JsonElision(tape, areLines).Select(question, budget, title);

    private ElidedCandidate? Select(string question, int budget, DocumentHeader title)
    {
        if (_outline.Atoms.Count < 8) return null; // nothing to choose from
        int[] interest = OutlineInterest.Compute(_outline, question);
        double target = Caution * TokenCost.Tenths(_tape.Text) / 10 * budget / _tape.Text.Length, allowed = budget;
        (PrunedDocument Pruned, PrunedText Text)? best = null;
        double last = -1;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            bool[] kept = OutlineSelection.Choose(_outline, interest, (int)Math.Min(allowed, int.MaxValue / 2));
            if (PrunedDocument.Create(_outline, kept) is not { } pruned) break;
            int main = Main(pruned);
            string legend = new ValueSummary(_outline, kept).Of(pruned.Open[main], (int)Math.Min(MaxSummary, budget * SummaryShare));
            PrunedText text = DocumentWriter.WritePruned(pruned, legend, title);
            double cost = TokenCost.Tenths(text.Text) / 10.0 + text.Gaps.Count * GapTokens;
            bool fits = cost <= target * TooMuch;
            if (best is null || fits) best = (pruned, text);
            if ((fits && cost >= target * TooLittle) || cost == last) break; // there, or nothing more to show
            last = cost;
            allowed *= Math.Clamp(target / cost, 0.2, 4);
        }

        return best is { } chosen ? Candidate(chosen.Pruned, chosen.Text) : null;
    }

    /// <summary>The container whose rows are counted, as a node of what is left: the collection that makes up most of the text, else the root.</summary>
    private int Main(PrunedDocument pruned)
    {
        int main = 0;
        for (bool found = true; found && !IsCollection(pruned.Open[main]);)
        {
            found = false;
            int key = pruned.Tape.Kind(main) == JsonKind.Object ? 1 : 0, end = pruned.Tape.Next(main);
            for (int child = main + 1 + key; child < end && !found; child = pruned.Tape.Next(child) + key)
            {
                if (!pruned.Open.TryGetValue(child, out int whole) || _outline.Lengths[whole] < MainShare * _outline.Lengths[0]) continue;
                main = child;
                found = true;
            }
        }

        return main;
    }

    private bool IsCollection(int node) => _tape.Size(node) > 1 && (_tape.Kind(node) == JsonKind.Array || _outline.IsMap(node));

    private ElidedCandidate Candidate(PrunedDocument pruned, PrunedText text)
    {
        int main = Main(pruned), whole = pruned.Open[main];
        var ranges = new RowRanges(_tape, whole, _areLines && whole == 0 ? null : pruned.Pointer(whole));
        var phrases = new GapPhrase(_outline);
        List<ElidedPart> parts = [];
        int at = 0, child = 0;
        foreach ((int end, PrunedGap gap) in text.Gaps)
        {
            AddKept(end);
            ContentRange range = gap.Container == whole ? ranges.Of(gap.First, gap.Last) : ContentRange.Rows(pruned.Pointer(gap.Container), gap.First, gap.Last);
            parts.Add(new GapPart(range, phrases.For(gap)));
        }

        AddKept(text.Text.Length);
        return new ElidedCandidate("outline", parts, ranges.Of(0, _tape.Size(whole) - 1));

        void AddKept(int end)
        {
            int first = -1, last = -1;
            for (; child < text.Children.Count && text.Children[child].At < end; child++)
            {
                (int container, int index) = pruned.Indexes[text.Children[child].Node];
                if (container != main) continue;
                last = index;
                if (first < 0) first = last;
            }

            string shown = text.Text[at..end].TrimEnd('\n');
            if (shown.Length > 0 || first >= 0) parts.Add(new KeptPart(shown, first >= 0 ? ranges.Of(first, last) : null));
            at = end;
        }
    }
}
