using System.Runtime.InteropServices;

namespace Headroom.Compressors.Logs;

/// <summary>A line, or some lines that always follow each other.</summary>
/// <param name="Line">First line, from 0.</param>
/// <param name="Lines">How many.</param>
/// <param name="Symbol">Units with the same symbol have the same shape; -1 for a line of no shape.</param>
internal readonly record struct LogUnit(int Line, int Lines, int Symbol);

/// <summary>Joins lines that nearly always follow each other into records: "start" and "done", the lines of a request, a banner.</summary>
internal static class LogUnits
{
    /// <summary>Rounds of pairing: three rounds make records of up to eight lines.</summary>
    private const int Rounds = 3;

    public static List<LogUnit> Build(LogLines lines, LineClusters clusters)
    {
        List<LogUnit> units = new(lines.Count);
        for (int i = 0; i < lines.Count; i++)
        {
            int cluster = clusters.OfLine[i];
            units.Add(new LogUnit(i, 1, cluster >= 0 && clusters.Size(cluster) > 1 ? cluster : -1));
        }

        int symbols = clusters.Count;
        for (int round = 0; round < Rounds; round++)
        {
            Dictionary<(int First, int Second), int> joins = ChoosePairs(lines, units, clusters, ref symbols);
            if (joins.Count == 0) break;
            Join(units, joins);
        }

        return units;
    }

    private static Dictionary<(int First, int Second), int> ChoosePairs(LogLines lines, List<LogUnit> units, LineClusters clusters, ref int symbols)
    {
        int[] counts = new int[symbols];
        int[] costs = new int[symbols];
        Dictionary<(int First, int Second), int> pairs = [];
        for (int i = 0; i < units.Count; i++)
        {
            LogUnit unit = units[i];
            if (unit.Symbol < 0 || IsStamped(unit.Symbol)) continue;
            if (counts[unit.Symbol]++ == 0) costs[unit.Symbol] = TokenEstimate.Of(lines.Span(unit.Line, unit.Lines)) + 4;
            if (i + 1 < units.Count && units[i + 1].Symbol is int next and >= 0 && next != unit.Symbol && !IsStamped(next))
                CollectionsMarshal.GetValueRefOrAddDefault(pairs, (unit.Symbol, next), out _)++;
        }

        List<(int Gain, int First, int Second)> good = [];
        foreach (((int a, int b), int count) in pairs)
        {
            int gain = 2 * count - 3; // a name and a line end each time, against the note on the number of lines
            if (counts[a] > count) gain -= costs[a]; // what also stands alone needs a pattern of its own
            if (counts[b] > count) gain -= costs[b];
            if (count > 1 && gain > 0) good.Add((gain, a, b));
        }

        good.Sort((x, y) => x.Gain != y.Gain ? y.Gain.CompareTo(x.Gain) : (x.First, x.Second).CompareTo((y.First, y.Second)));
        Dictionary<(int First, int Second), int> joins = [];
        HashSet<int> taken = [];
        foreach ((_, int a, int b) in good)
        {
            if (taken.Contains(a) || taken.Contains(b)) continue;
            taken.Add(a);
            taken.Add(b);
            joins.Add((a, b), symbols++);
        }

        return joins;

        bool IsStamped(int symbol) => symbol >= clusters.FirstStamped && symbol < clusters.Count; // their rests have nothing in common
    }

    private static void Join(List<LogUnit> units, Dictionary<(int First, int Second), int> joins)
    {
        int to = 0;
        for (int i = 0; i < units.Count; i++)
        {
            LogUnit unit = units[i];
            if (unit.Symbol >= 0 && i + 1 < units.Count && units[i + 1].Symbol >= 0 && joins.TryGetValue((unit.Symbol, units[i + 1].Symbol), out int symbol))
            {
                unit = new LogUnit(unit.Line, unit.Lines + units[i + 1].Lines, symbol);
                i++;
            }

            units[to++] = unit;
        }

        units.RemoveRange(to, units.Count - to);
    }
}
