using Headroom.Internal;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>What of a document is written as tables and what as records.</summary>
internal sealed class DocumentPlan
{
    /// <summary>Objects of one shape below which naming the shape does not pay.</summary>
    private const int MinMembers = 3;

    /// <summary>Shapes a document names at most: a longer legend cannot be kept in mind.</summary>
    private const int MaxShapes = 24;

    /// <summary>Members looked at to name a shape: a name need only fit most.</summary>
    private const int NameSample = 50;

    /// <summary>Nesting above this is left to the compact form: writing and reading go down one call a level.</summary>
    public const int MaxDepth = 200;

    private readonly JsonTape _tape;
    private readonly Dictionary<ulong, List<int>> _signatures = [];
    private readonly List<ulong> _order = [];
    private readonly Dictionary<int, int> _keys = [];
    private readonly Dictionary<int, RecordShape> _members = [];

    private readonly PrunedDocument? _pruned;

    private DocumentPlan(JsonTape tape, PrunedDocument? pruned) => (_tape, _pruned) = (tape, pruned);

    /// <summary>The tables by the node of their container.</summary>
    public Dictionary<int, TablePlan> Tables { get; } = [];

    /// <summary>The named shapes, in the order of the legend.</summary>
    public List<RecordShape> Shapes { get; } = [];

    /// <summary>A plan without tables and records.</summary>
    public static DocumentPlan Empty(JsonTape tape) => new(tape, null);

    /// <param name="tape">The parsed text.</param>
    /// <param name="pruned">Where something was left out of it: what is incomplete is neither a row nor a record.</param>
    public static DocumentPlan Create(JsonTape tape, PrunedDocument? pruned = null)
    {
        var plan = new DocumentPlan(tape, pruned);
        plan.Walk();
        plan.ChooseShapes();
        return plan;
    }

    /// <summary>The shape an object is written in, with its place among the members; <see langword="null"/> when it is written with its keys.</summary>
    public RecordShape? ShapeOf(int node) => _members.GetValueOrDefault(node);

    private void Walk()
    {
        var pending = new Stack<(int From, int To, bool InCell, int Key)>();
        pending.Push((0, _tape.Next(0), false, -1));
        while (pending.TryPop(out var range))
        {
            // Keys and scalars are passed over; containers are looked at where they stand.
            for (int node = range.From; node < range.To; node++)
            {
                if (!_tape.IsContainer(node) || _tape.Size(node) == 0) continue;
                int key = node > 0 && node - 1 >= range.From && _tape.Kind(node - 1) == JsonKind.String && IsKeyOf(node) ? node - 1 : range.Key;
                if (!range.InCell && HasWholeRows(node) && TablePlan.TryCreate(_tape, node, areAllShown: !IsOpen(node), MinLiteral) is { } table)
                {
                    Tables.Add(node, table);
                    PushCells(table, pending, key);
                    node = _tape.Next(node) - 1;
                    continue;
                }

                if (_tape.Kind(node) == JsonKind.Object && !IsOpen(node)) CountShape(node, key);
            }
        }
    }

    private int MinLiteral => _pruned is null ? ColumnAnalysis.MinLiteral : ColumnAnalysis.MinLiteralOfPart;

    private bool IsOpen(int node) => _pruned?.Open.ContainsKey(node) == true;

    private bool HasWholeRows(int node)
    {
        if (!IsOpen(node)) return true;
        int key = _tape.Kind(node) == JsonKind.Object ? 1 : 0, end = _tape.Next(node);
        for (int child = node + 1 + key; child < end; child = _tape.Next(child) + key)
            if (IsOpen(child)) return false;
        return true;
    }

    private void PushCells(TablePlan table, Stack<(int From, int To, bool InCell, int Key)> pending, int key)
    {
        for (int row = table.Rows.Length - 1; row >= 0; row--)
        {
            if (table.IsOdd[row])
            {
                pending.Push((table.Rows[row], _tape.Next(table.Rows[row]), true, key));
                continue;
            }

            for (int i = table.Columns.Count - 1; i >= 0; i--)
            {
                int value = table.Columns[i].Values[row];
                if (value >= 0 && _tape.IsContainer(value) && table.Columns[i].Constant < 0) pending.Push((value, _tape.Next(value), true, value - 1));
            }
        }
    }

    /// <summary>Whether the node before this one is its key: a string whose successor is this node, inside an object.</summary>
    private bool IsKeyOf(int node)
    {
        int at = _tape.Start(node) - 1;
        string text = _tape.Text;
        while (at >= 0 && (text[at] is ' ' or '\n' or '\r' or '\t')) at--;
        return at >= 0 && text[at] == ':';
    }

    private void CountShape(int node, int key)
    {
        if (_tape.Size(node) < 2 || !IsRecord(node)) return;
        ulong hash = Fnv1a.Seed; // over the keys
        int end = _tape.Next(node);
        for (int k = node + 1; k < end; k = _tape.Next(k + 1))
        {
            foreach (char c in _tape.Raw(k)) hash = Fnv1a.Mix(hash, c);
            hash = Fnv1a.Mix(hash, 0xFFFF);
        }

        if (!_signatures.TryGetValue(hash, out List<int>? members))
        {
            _signatures.Add(hash, members = []);
            _order.Add(hash);
        }
        else if (!SameKeys(members[0], node))
        {
            return;
        }

        members.Add(node);
        if (members.Count <= NameSample) _keys.Add(node, key);
    }

    private bool SameKeys(int a, int b)
    {
        if (_tape.Size(a) != _tape.Size(b)) return false;
        int end = _tape.Next(a);
        for (int i = a + 1, j = b + 1; i < end; i = _tape.Next(i + 1), j = _tape.Next(j + 1))
            if (!_tape.Raw(i).SequenceEqual(_tape.Raw(j))) return false;
        return true;
    }

    private bool HasTwins(int node)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        int end = _tape.Next(node);
        for (int k = node + 1; k < end; k = _tape.Next(k + 1))
            if (!keys.Add(_tape.Value(k).ToString())) return true;
        return false;
    }

    private void ChooseShapes()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        var worthwhile = _order
            .Select(h => (Members: _signatures[h], Gain: Gain(_signatures[h])))
            .Where(s => s.Gain > 0 && !HasTwins(s.Members[0]))
            .OrderByDescending(s => s.Gain)
            .Take(MaxShapes);
        foreach ((List<int> members, long _) in worthwhile)
        {
            var shape = new RecordShape(NameFor(members, names), members);
            shape.Analyze(_tape, MinLiteral);
            Shapes.Add(shape);
            foreach (int member in members) _members.Add(member, shape);
        }
    }

    /// <summary>Estimated tokens (in tenths) a named shape saves: its keys, once per member, less its name and its line in the legend.</summary>
    private long Gain(List<int> members)
    {
        if (members.Count < MinMembers) return 0;
        long keys = 0;
        int node = members[0], end = _tape.Next(node);
        for (int k = node + 1; k < end; k = _tape.Next(k + 1)) keys += TokenCost.Tenths(_tape.Raw(k)) + 8;
        return members.Count * (keys - 20) - keys - 60;
    }

    /// <summary>A name for a shape: a type all members agree on, else the key they stand under, else <c>row</c>.</summary>
    private string NameFor(List<int> members, HashSet<string> names)
    {
        string name = Clean(TypeOf(members) ?? KeyOf(members) ?? "row");
        if (name.Length == 0) name = "row";
        string unique = name;
        for (int i = 2; !names.Add(unique); i++) unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }

    /// <summary>The key that all members stand under, in an array or not; <see langword="null"/> where they differ, as in a map.</summary>
    private string? KeyOf(List<int> members)
    {
        string? common = null;
        foreach (int member in members.Take(NameSample))
        {
            int key = _keys[member];
            if (key < 0 || _tape.Kind(key) != JsonKind.String) return null;
            if (common is not null && !_tape.Value(key).SequenceEqual(common)) return null;
            common ??= _tape.Value(key).ToString();
        }

        return common;
    }

    /// <summary>Whether most values are scalars: an object of objects is rather a map, whose keys must stay beside the values.</summary>
    private bool IsRecord(int node)
    {
        int scalars = 0, end = _tape.Next(node);
        for (int k = node + 1; k < end; k = _tape.Next(k + 1))
            if (!_tape.IsContainer(k + 1) || _tape.Size(k + 1) == 0) scalars++;
        return scalars * 2 >= _tape.Size(node);
    }

    private string? TypeOf(List<int> members)
    {
        string? type = null;
        foreach (int member in members.Take(NameSample))
        {
            string? own = null;
            int end = _tape.Next(member);
            for (int k = member + 1; k < end && own is null; k = _tape.Next(k + 1))
                if (_tape.Raw(k) is ("type" or "event" or "kind" or "Action") && _tape.Kind(k + 1) == JsonKind.String) own = _tape.Raw(k + 1).ToString();
            if (own is null || (type is not null && type != own)) return null;
            type = own;
        }

        return type;
    }

    private static string Clean(string name)
    {
        string clean = new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(24)]);
        return clean.Length > 0 && char.IsAsciiLetter(clean[0]) ? clean : "";
    }
}
