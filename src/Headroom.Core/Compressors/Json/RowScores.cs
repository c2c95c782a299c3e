using System.Globalization;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>How much each row of an array stands out: by the question, by words of failure, by values few rows have.</summary>
internal sealed class RowScores
{
    private const int QuestionScore = 8;
    private const int FailureScore = 6;
    private const int RareScore = 4;
    private const int OutlierScore = 3;
    private const int NewScore = 1;

    /// <summary>The score of a row that stands out for one good reason.</summary>
    public const int StandOut = OutlierScore;

    /// <summary>A value is rare when at most this share of rows has it.</summary>
    private const double RareShare = 0.03;

    /// <summary>What more than this share of rows has in common does not make a row stand out.</summary>
    private const double CommonShare = 0.2;

    /// <summary>Distinct values up to which a column is taken for an enumeration.</summary>
    private const int MaxKinds = 24;

    /// <summary>How far beyond the middle half of the values, in widths of that half, a number is an outlier.</summary>
    private const double OutlierReach = 3;

    private static readonly HashSet<string> FailureWords = new(
        ["error", "errors", "fatal", "exception", "failed", "failure", "fail", "failing", "critical", "panic", "crash", "crashed", "denied", "timeout", "refused", "unhealthy", "oom", "killed", "severe", "alert", "emergency", "unauthorized", "forbidden", "invalid", "broken", "corrupt", "exhausted"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> StopWords = new(
        ["the", "and", "for", "are", "was", "were", "what", "which", "who", "how", "why", "when", "with", "this", "that", "from", "have", "has", "had", "not", "all", "any", "can", "does", "did", "you", "your", "find", "show", "list", "get", "give", "tell", "there", "where", "them", "they", "its", "into", "about", "query", "name", "true", "false", "null", "path", "limit", "json"],
        StringComparer.OrdinalIgnoreCase);

    private readonly JsonTape _tape;
    private readonly int[] _scores;

    private RowScores(JsonTape tape, int rows)
    {
        _tape = tape;
        _scores = new int[rows];
    }

    /// <summary>Scores the rows; 0 for a row like all others.</summary>
    public static int[] Compute(JsonTape tape, int[] rows, TablePlan? table, string question)
    {
        var scores = new RowScores(tape, rows.Length);
        scores.ByWords(rows, question);
        if (table is not null)
        {
            scores.Add(table.IsOdd, RareScore);
            foreach (Column column in table.Columns) scores.ByColumn(column, table.IsOdd);
        }

        return scores._scores;
    }

    private void ByWords(int[] rows, string question)
    {
        HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);
        foreach (Range word in Words(question))
            if (word.End.Value - word.Start.Value >= 3) asked.Add(question[word]);
        asked.ExceptWith(StopWords);

        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> askedWords = asked.GetAlternateLookup<ReadOnlySpan<char>>();
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> failureWords = FailureWords.GetAlternateLookup<ReadOnlySpan<char>>();
        Dictionary<string, List<int>> hits = new(StringComparer.OrdinalIgnoreCase);
        bool[] fails = new bool[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            int end = _tape.Next(rows[row]);
            for (int node = rows[row]; node < end; node++)
            {
                if (_tape.IsContainer(node)) continue;
                ReadOnlySpan<char> text = _tape.Raw(node);
                bool isKey = _tape.Kind(node) == JsonKind.String && _tape.End(node) + 1 < _tape.Text.Length && _tape.Text[_tape.End(node) + 1] == ':';
                foreach (Range word in Words(text))
                {
                    if (asked.Count > 0 && askedWords.TryGetValue(text[word], out string? known)) Note(hits, known, row);
                    if (!isKey && failureWords.Contains(text[word])) fails[row] = true;
                }
            }
        }

        foreach (List<int> found in hits.Values)
            if (found.Count <= Math.Max(3, CommonShare * rows.Length)) foreach (int row in found) _scores[row] += QuestionScore;
        if (fails.Count(f => f) <= CommonShare * rows.Length) Add(fails, FailureScore);
        else Add(fails, NewScore);
    }

    private static void Note(Dictionary<string, List<int>> hits, string word, int row)
    {
        if (!hits.TryGetValue(word, out List<int>? rows)) hits.Add(word, rows = []);
        if (rows.Count == 0 || rows[^1] != row) rows.Add(row);
    }

    private void ByColumn(Column column, bool[] isOdd)
    {
        if (column.Constant >= 0) return;
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        List<double> numbers = [];
        int present = 0, regular = 0;
        for (int row = 0; row < column.Values.Length; row++)
        {
            if (isOdd[row]) continue;
            regular++;
            int value = column.Values[row];
            if (value < 0) continue;
            present++;
            if (TryNumber(value, out double number)) numbers.Add(number);
            if (counts.Count > MaxKinds) continue;
            ReadOnlySpan<char> raw = _tape.Raw(value);
            lookup[raw] = lookup.TryGetValue(raw, out int count) ? count + 1 : 1;
        }

        double rare = Math.Max(1, RareShare * regular);
        bool isEnumeration = counts.Count <= MaxKinds && counts.Count * 4 <= regular;
        (double low, double high) = Reach(numbers);
        for (int row = 0; row < column.Values.Length; row++)
        {
            if (isOdd[row]) continue;
            int value = column.Values[row];
            if (value < 0 ? regular - present <= rare : present <= rare) _scores[row] += RareScore;
            if (value < 0) continue;
            if (isEnumeration && lookup[_tape.Raw(value)] is var count && count != 0)
            {
                if (Math.Abs(count) <= rare) _scores[row] += RareScore;
                else if (count > 0) _scores[row] += NewScore;
                lookup[_tape.Raw(value)] = -Math.Abs(count); // seen: only the first row of a kind is new
            }

            if (TryNumber(value, out double number) && (number < low || number > high)) _scores[row] += OutlierScore;
        }
    }

    private bool TryNumber(int node, out double number)
    {
        number = 0;
        return _tape.Kind(node) == JsonKind.Number && double.TryParse(_tape.Raw(node), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static (double Low, double High) Reach(List<double> numbers)
    {
        if (numbers.Count < 8) return (double.NegativeInfinity, double.PositiveInfinity);
        numbers.Sort();
        double first = numbers[numbers.Count / 4], third = numbers[numbers.Count * 3 / 4];
        double reach = OutlierReach * Math.Max(third - first, Math.Abs(third) * 0.05);
        return (first - reach, third + reach);
    }

    private void Add(bool[] rows, int score)
    {
        for (int row = 0; row < rows.Length; row++)
            if (rows[row]) _scores[row] += score;
    }

    /// <summary>The runs of letters, digits and underscores in a text.</summary>
    private static WordEnumerator Words(ReadOnlySpan<char> text) => new(text);

    private ref struct WordEnumerator(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _at;

        public Range Current { get; private set; }

        public readonly WordEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_at < _text.Length && !IsWord(_text[_at])) _at++;
            int start = _at;
            while (_at < _text.Length && IsWord(_text[_at])) _at++;
            Current = start.._at;
            return _at > start;
        }

        private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
    }
}
