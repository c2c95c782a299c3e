using System.Numerics;
using System.Text;
using Headroom.Internal.Json;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Json;

/// <summary>How much each atom of a document matters: by the question, by what is rare or wrong, by its place, by being the name of what it stands in.</summary>
internal sealed class OutlineInterest
{
    /// <summary>Interest of a top-level value, and what each level and each doubling of like values before it takes.</summary>
    private const int Top = 60, PerLevel = 5, PerDoubling = 2;

    /// <summary>What names and fields of states gain.</summary>
    private const int Name = 20;

    /// <summary>Rows from which an array or map is a collection, of which ends and a sample are shown.</summary>
    private const int MinRows = 12;

    /// <summary>Values under one path that are shown for no other reason than that there is room: more of the same tell nothing new.</summary>
    private const int MaxPlain = 160;

    private const int Edge = 80, Sample = 57, Asked = 96;

    /// <summary>Rows of the even sample that stay together, and runs at most: like rows are alike, and a few dozen show it.</summary>
    private const int SampleRun = 3, MaxRuns = 10;

    /// <summary>Characters of an atom that stands beside one that matters and is shown for it.</summary>
    private const int MaxBeside = 80;

    /// <summary>Members up to which an object is a record, whose names are looked for.</summary>
    private const int MaxMembers = 64;

    /// <summary>Characters of a value that are compared with the question.</summary>
    private const int MaxCompared = 2_000;

    /// <summary>Keys of what names things or says how they are, in most APIs and reports.</summary>
    private static readonly HashSet<string> TellingKeys = new(
        ["id", "name", "key", "title", "type", "kind", "status", "state", "version", "severity", "level", "code", "message", "error", "reason", "summary", "result", "action"], StringComparer.OrdinalIgnoreCase);

    private readonly Outline _outline;
    private readonly JsonTape _tape;
    private readonly PathStatistics[] _paths;
    private readonly int[] _interest;

    private OutlineInterest(Outline outline)
    {
        _outline = outline;
        _tape = outline.Tape;
        _interest = new int[_tape.Count];
        _paths = new PathStatistics[outline.PathCount];
        for (int path = 0; path < _paths.Length; path++) _paths[path] = new PathStatistics();
    }

    /// <summary>The interest of each atom, from 0 to 100, by its node.</summary>
    public static int[] Compute(Outline outline, string question)
    {
        var interest = new OutlineInterest(outline);
        var asked = new QuestionRanking(question);
        for (int node = 0; node < interest._tape.Count; node++)
            if (outline.Parents[node] != Outline.Key) interest._paths[outline.Paths[node]].Add(interest._tape, node);
        foreach (PathStatistics path in interest._paths) path.Finish();
        interest.ByValue(asked);
        interest.ByPlace();
        interest.ByQuestion(asked);
        return interest._interest;
    }

    private void ByValue(QuestionRanking question)
    {
        int[] ranks = new int[_paths.Length], problems = new int[_paths.Length];
        bool[] asksForExtremes = question.AsksForExtremes ? new bool[_paths.Length] : [];
        int[] depths = Depths();
        for (int node = 1; node < _tape.Count; node++)
        {
            if (_outline.Parents[node] == Outline.Key) continue;
            int path = _outline.Paths[node], rank = ++ranks[path], standsOut = _paths[path].StandsOut(_tape, node);
            if (_tape.IsContainer(node) && _tape.Size(node) > 0)
            {
                if (standsOut > 0) RaiseAll(node, standsOut);
                continue;
            }

            ReadOnlySpan<char> raw = _tape.Raw(node);
            int key = _outline.KeyOf(node);
            int interest = Top - PerLevel * Math.Min(6, depths[node]) - PerDoubling * BitOperations.Log2((uint)rank);
            if (raw.Length > 40) interest -= 4 * BitOperations.Log2((uint)raw.Length / 40);
            if (IsName(node)) interest += Name;
            if (raw.Length == 0 || _tape.Kind(node) is JsonKind.Null or JsonKind.False || _tape.IsContainer(node)) interest -= 16;
            if (raw.StartsWith("http")) interest -= 10; // mostly made up from names beside it
            if (_tape.Kind(node) == JsonKind.String && Problems.In(raw[..Math.Min(raw.Length, 200)])) interest = Math.Max(interest, 84 - 5 * BitOperations.Log2((uint)++problems[path]));
            if (question.AsksForExtremes && PathStatistics.TryNumber(_tape, node, out double number) && number >= _paths[path].Top && _paths[path].Count >= 8)
                standsOut = Math.Max(standsOut, key >= 0 && question.Holds(_tape.Raw(key).ToString()) ? 92 : 76);
            Raise(node, rank > MaxPlain ? 0 : Math.Max(1, interest));
            if (standsOut > 0) RaiseWithRow(node, standsOut);
        }
    }

    /// <summary>How many levels each value is below the root, rows of collections not counted.</summary>
    private int[] Depths()
    {
        int[] depths = new int[_tape.Count];
        for (int node = 1; node < depths.Length; node++)
        {
            int parent = _outline.Parents[node];
            if (parent >= 0) depths[node] = depths[parent] + (_outline.KeyOf(node) >= 0 ? 1 : 0);
        }

        return depths;
    }

    /// <summary>Ends and an even sample of collections.</summary>
    private void ByPlace()
    {
        for (int node = 0; node < _tape.Count; node++)
        {
            int size = _tape.Size(node);
            if (_outline.Parents[node] == Outline.Key || !_tape.IsContainer(node) || size < MinRows || _outline.AtomOf[node] >= 0) continue;
            if (_tape.Kind(node) == JsonKind.Object && !_outline.IsMap(node)) continue;
            int row = 0, step = Math.Max(3 * SampleRun, size / (MaxRuns + 1)), end = _tape.Next(node);
            for (int child = _outline.FirstChild(node); child < end; child = _outline.NextChild(node, child), row++)
            {
                if (row < 2 || row == size - 1) RaiseAll(child, Edge);
                else if (row % step < SampleRun && row >= step) RaiseAll(child, Sample);
            }
        }
    }

    private void ByQuestion(QuestionRanking question)
    {
        if (question.IsEmpty) return;
        var text = new StringBuilder();
        foreach (int atom in _outline.Atoms)
        {
            int key = _outline.KeyOf(atom), parentKey = _outline.Parents[atom] >= 0 ? _outline.KeyOf(_outline.Parents[atom]) : -1;
            if (parentKey >= 0) text.Append(_tape.Raw(parentKey)).Append(' ');
            if (key >= 0) text.Append(_tape.Raw(key)).Append(' ');
            ReadOnlySpan<char> raw = _tape.Text.AsSpan(_tape.Start(atom), Math.Min(MaxCompared, _tape.End(atom) - _tape.Start(atom)));
            foreach (char c in raw) text.Append(c is '\n' or '\r' ? ' ' : c);
            text.Append('\n');
        }

        double[] scores = question.Score(new LineList(text.ToString()), _outline.Atoms.Count);
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] < 0.15) continue; // a single common word; the best atoms hold several rare ones
            RaiseWithRow(_outline.Atoms[i], (int)(Asked - 40 * (1 - scores[i])));
        }
    }

    /// <summary>Raises a value, and what beside it says whose value it is.</summary>
    private void RaiseWithRow(int node, int interest)
    {
        Raise(node, interest);
        int parent = _outline.Parents[node];
        if (parent < 0 || _tape.Kind(parent) != JsonKind.Object || _outline.AtomOf[parent] >= 0 || _tape.Size(parent) > MaxMembers || _outline.IsMap(parent)) return;
        RaiseBeside(parent, interest, namesOnly: true);
    }

    private void RaiseAll(int node, int interest)
    {
        if (_outline.AtomOf[node] >= 0) Raise(node, interest);
        else RaiseBeside(node, interest);
    }

    private void RaiseBeside(int container, int interest, bool namesOnly = false)
    {
        int end = _tape.Next(container);
        for (int child = _outline.FirstChild(container); child < end; child = _outline.NextChild(container, child))
            if (_outline.AtomOf[child] == child && _outline.Lengths[child] <= MaxBeside && !_tape.IsContainer(child) && (!namesOnly || IsName(child))) Raise(child, interest);
    }

    private bool IsName(int node) =>
        _tape.Kind(node) is JsonKind.String or JsonKind.Number && (_paths[_outline.Paths[node]].AreNames || (_outline.KeyOf(node) >= 0 && TellingKeys.Contains(_tape.Raw(_outline.KeyOf(node)).ToString())));

    private void Raise(int node, int interest)
    {
        int atom = _outline.AtomOf[node];
        if (atom >= 0) _interest[atom] = Math.Max(_interest[atom], Math.Min(100, interest));
    }
}
