using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Objects with the same keys in the same order, anywhere in a document: written as a name and their values.</summary>
internal sealed class RecordShape(string name, List<int> members)
{
    private readonly Dictionary<int, int> _places = members.Select((node, place) => (node, place)).ToDictionary(m => m.node, m => m.place);

    /// <summary>Name that stands before the values.</summary>
    public string Name { get; } = name;

    /// <summary>The objects, as nodes of the tape.</summary>
    public List<int> Members { get; } = members;

    /// <summary>The fields in the order of the keys.</summary>
    public IReadOnlyList<Column> Fields { get; private set; } = [];

    /// <summary>The part of a string that a template leaves to the member itself.</summary>
    public ReadOnlySpan<char> OwnPart(JsonTape tape, Column field, int member, int value)
    {
        int row = _places[member];
        return tape.Value(value)[field.Template!.HoleStarts[row]..field.Template.HoleEnds[row]];
    }

    /// <summary>Splits the members into fields and finds what each has in common.</summary>
    public void Analyze(JsonTape tape, int minLiteral)
    {
        int count = tape.Size(Members[0]);
        int[][] values = new int[count][];
        string[] keys = new string[count];
        for (int field = 0; field < count; field++) values[field] = new int[Members.Count];
        for (int member = 0; member < Members.Count; member++)
        {
            int key = Members[member] + 1;
            for (int field = 0; field < count; field++, key = tape.Next(key + 1))
            {
                values[field][member] = key + 1;
                if (member == 0) keys[field] = tape.Value(key).ToString();
            }
        }

        Column[] fields = new Column[count];
        for (int field = 0; field < count; field++) fields[field] = new Column(ColumnPath.Append("", keys[field]), values[field]);
        ColumnAnalysis.Run(tape, fields, new bool[Members.Count], false, minLiteral);
        Fields = fields;
    }
}
