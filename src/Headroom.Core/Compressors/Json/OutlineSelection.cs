using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Keeps the atoms of a document that matter most within a budget, with the containers they stand in.</summary>
internal sealed class OutlineSelection
{
    /// <summary>About what a gap line takes beside its pointer, in characters: shorter gaps are shown instead.</summary>
    private const int GapCost = 80;

    private readonly Outline _outline;
    private readonly JsonTape _tape;
    private readonly bool[] _kept;
    private readonly int[] _previous;
    private readonly int[] _gapCosts;
    private long _left;

    private OutlineSelection(Outline outline, int budget)
    {
        _outline = outline;
        _tape = outline.Tape;
        _kept = new bool[_tape.Count];
        _previous = new int[_tape.Count];
        _gapCosts = new int[_tape.Count];
        _left = budget;
        FindPrevious();
    }

    /// <summary>Which values are kept: atoms, and containers of which at least a part is.</summary>
    public static bool[] Choose(Outline outline, int[] interest, int budget)
    {
        var selection = new OutlineSelection(outline, budget);
        var byInterest = new List<int>[101];
        foreach (int atom in outline.Atoms) (byInterest[Math.Max(0, interest[atom])] ??= []).Add(atom);
        selection._kept[0] = true;
        for (int degree = 100; degree > 0; degree--)
        {
            foreach (int atom in byInterest[degree] ?? []) selection.Keep(atom);
        }

        selection.CloseSmallGaps();
        return selection._kept;
    }

    private void FindPrevious()
    {
        for (int node = 0; node < _tape.Count; node++)
        {
            if (_outline.Parents[node] == Outline.Key || _outline.AtomOf[node] >= 0) continue;
            _gapCosts[node] = GapCost + _outline.PointerLength(node);
            int previous = -1, end = _tape.Next(node);
            for (int child = _outline.FirstChild(node); child < end; child = _outline.NextChild(node, child))
            {
                _previous[child] = previous;
                previous = child;
            }
        }
    }

    private void Keep(int atom)
    {
        long cost = 0;
        int node = atom;
        for (bool opens = false; !_kept[node]; opens = true)
        {
            int parent = _outline.Parents[node], next = _outline.NextChild(parent, node);
            bool above = _previous[node] < 0 || _kept[_previous[node]], below = next >= _tape.Next(parent) || _kept[next];
            int gaps = (_kept[parent] ? 0 : 1) + 1 - (above ? 1 : 0) - (below ? 1 : 0);
            int key = _outline.KeyOf(node);
            cost += gaps * _gapCosts[parent] + (opens ? 4 + (key >= 0 ? _tape.End(key) - _tape.Start(key) : 0) : _outline.Lengths[atom]);
            node = parent;
        }

        if (cost > _left) return;
        _left -= cost;
        for (node = atom; !_kept[node]; node = _outline.Parents[node]) _kept[node] = true;
    }

    private void CloseSmallGaps()
    {
        for (int node = 0; node < _tape.Count; node++)
        {
            if (!_kept[node] || _outline.Parents[node] == Outline.Key || _outline.AtomOf[node] >= 0) continue;
            int end = _tape.Next(node);
            for (int child = _outline.FirstChild(node); child < end;)
            {
                int first = child, length = 0;
                for (; child < end && !_kept[child]; child = _outline.NextChild(node, child)) length += _outline.Lengths[child];
                if (child == first) child = _outline.NextChild(node, child);
                else if (length < _gapCosts[node]) KeepWhole(node, first, child);
            }
        }
    }

    private void KeepWhole(int container, int first, int end)
    {
        for (int child = first; child < end; child = _outline.NextChild(container, child)) Array.Fill(_kept, true, child, _tape.Next(child) - child);
    }
}
