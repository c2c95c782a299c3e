using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Diffs;

/// <summary>Chooses the lines of a diff that stay visible: what names commits and files, and every changed line of files people write; then a line of context.</summary>
internal sealed class DiffSelector
{
    private const int Asked = 60, Message = 70, Around = 35, Near = 30;

    /// <summary>What is of less interest (context further away, hashes, generated lines) stays out though the budget might hold it.</summary>
    private const int Least = 25;

    /// <summary>
    /// Changed lines that stay whatever the budget, in characters: about 20,000 tokens, the most a reviewer's model reads at once. Beyond that
    /// whole hunks go.
    /// </summary>
    private const int MaxChanged = 80_000;

    /// <summary>Characters a gap line without a phrase takes.</summary>
    private const int GapCost = 24;

    /// <summary>Estimated tokens from which leaving lines out is worth a gap line, which takes ten.</summary>
    private const int MinWon = 15;

    /// <summary>Lines at the beginning of a file in which tools say that they wrote it.</summary>
    private const int NoticeLines = 12;

    /// <summary>Lines of a commit's author, date and message that always stay: they say why.</summary>
    private const int MessageLines = 12;

    private readonly LineList _lines;
    private readonly LineBudget _selection;
    private readonly DiffLineKind[] _kinds;
    private readonly List<DiffHunk> _hunks = [];
    private readonly double[] _scores;
    private readonly bool[] _visible;
    private readonly int[] _hunkOf;
    private readonly int[] _sources;

    private DiffSelector(CompressionRequest request)
    {
        _lines = new LineList(request.Text);
        _selection = new LineBudget(_lines, GapCost) { IsShort = IsShort, Least = Least };
        _kinds = DiffLines.Read(_lines, _selection.Count);
        _scores = new QuestionRanking(request.Question).Score(_lines, _kinds.Length);
        _visible = new bool[_kinds.Length];
        _hunkOf = new int[_kinds.Length];
        ReadHunks();
        ChooseChanged();
        _sources = new EchoedLines(_lines, _kinds, _visible).Source;
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var selector = new DiffSelector(request);
        selector.Rate();
        return selector._selection.Select("changes", budget, selector.Phrase);
    }

    private bool IsChanged(int line) => _kinds[line] is DiffLineKind.Added or DiffLineKind.Removed;

    private void ReadHunks()
    {
        int file = -1;
        for (int i = 0; i < _kinds.Length;)
        {
            _hunkOf[i] = -1;
            if (_kinds[i] == DiffLineKind.File) file = i;
            if (_kinds[i] != DiffLineKind.Hunk && !IsChanged(i) && _kinds[i] != DiffLineKind.Context)
            {
                i++;
                continue;
            }

            int end = i + 1;
            while (end < _kinds.Length && (IsChanged(end) || _kinds[end] == DiffLineKind.Context)) end++;
            _hunks.Add(new DiffHunk(i, end - 1, file, MakingOf(file, i, end)));
            Array.Fill(_hunkOf, _hunks.Count - 1, i, end - i);
            i = end;
        }
    }

    private FileMaking MakingOf(int file, int first, int end)
    {
        if (_hunks.Count > 0 && _hunks[^1].File == file && file >= 0) return _hunks[^1].Making;
        ReadOnlySpan<char> path = file < 0 ? default : PathOf(_lines[file]);
        if (MadeFiles.IsLockFile(path)) return FileMaking.LockFile;
        bool generated = MadeFiles.IsGenerated(path);
        for (int i = first; i < Math.Min(end, first + NoticeLines) && !generated; i++) generated = MadeFiles.SaysGenerated(_lines[i]);
        return generated ? FileMaking.Generated : FileMaking.ByHand;
    }

    /// <summary>The last path of a line that names files, without a date behind it.</summary>
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> line)
    {
        int tab = line.IndexOf('\t');
        line = (tab < 0 ? line : line[..tab]).TrimEnd('\r');
        return line[(line.LastIndexOf(' ') + 1)..];
    }

    /// <summary>Changed lines of files people write; of very many, the hunks that are asked for and small ones before large ones.</summary>
    private void ChooseChanged()
    {
        var byHand = _hunks.Where(h => h.Making == FileMaking.ByHand).Select(h => (Hunk: h, Score: ScoreOf(h), Size: ChangedCharacters(h)));
        int left = MaxChanged;
        foreach ((DiffHunk hunk, double _, int size) in byHand.OrderByDescending(h => h.Score).ThenBy(h => h.Size))
        {
            if (size > left && left < MaxChanged) continue;
            left -= size;
            for (int i = hunk.First; i <= hunk.Last; i++) _visible[i] = IsChanged(i) && !MadeFiles.IsMinified(_lines[i]);
        }
    }

    private double ScoreOf(DiffHunk hunk)
    {
        double best = hunk.File < 0 ? 0 : _scores[hunk.File];
        for (int i = hunk.First; i <= hunk.Last; i++) best = Math.Max(best, _scores[i]);
        return best;
    }

    private int ChangedCharacters(DiffHunk hunk)
    {
        int characters = 0;
        for (int i = hunk.First; i <= hunk.Last; i++) characters += IsChanged(i) ? _lines[i].Length + 1 : 0;
        return characters;
    }

    private void Rate()
    {
        int message = 0;
        for (int i = 0; i < _kinds.Length; i++)
        {
            message = _kinds[i] == DiffLineKind.Message ? message + 1 : 0;
            if (_visible[i] || _kinds[i] is DiffLineKind.Commit or DiffLineKind.File or DiffLineKind.FileDetail || message is > 0 and <= MessageLines) _selection.Pin(i);
            else if (_kinds[i] == DiffLineKind.Message) _selection.Raise(i, Message);
            else if (_kinds[i] == DiffLineKind.Other) _selection.Raise(i, Around);
        }

        foreach (DiffHunk hunk in _hunks)
        {
            if (hunk.Making == FileMaking.LockFile) new LockFileHunk(_lines, _kinds, _selection).Rate(hunk.First, hunk.Last);
            else if (hunk.Making == FileMaking.ByHand) RateContext(hunk);
        }
    }

    private void RateContext(DiffHunk hunk)
    {
        for (int i = hunk.First; i <= hunk.Last; i++)
        {
            if (_kinds[i] != DiffLineKind.Context) continue;
            bool near = (i > hunk.First && _visible[i - 1]) || (i < hunk.Last && _visible[i + 1]);
            _selection.Raise(i, _scores[i] >= 0.5 ? Asked : near ? Near : 0);
        }
    }

    private bool IsShort(int first, int last)
    {
        int won = 0;
        for (int i = first; i <= last && won < MinWon; i++)
        {
            if (_kinds[i] != DiffLineKind.Hunk) won += TokenEstimate.Of(_lines[i]) + 1; // a header moves into the phrase
        }

        return won < MinWon;
    }

    private string Phrase(int first, int last)
    {
        var phrase = new DiffGapPhrase();
        for (int i = first; i <= last; i++)
        {
            DiffHunk? hunk = _hunkOf[i] < 0 ? null : _hunks[_hunkOf[i]];
            if (_kinds[i] == DiffLineKind.Hunk) phrase.Header(_lines[i]);
            else if (_kinds[i] == DiffLineKind.Blob) phrase.Say("binary");
            else if (hunk is null || !IsChanged(i)) continue;
            else if (_sources[i] >= 0) phrase.Echo(_kinds[i], _sources[i], _lines[i][1..].SequenceEqual(_lines[_sources[i]][1..]));
            else phrase.Changed(_kinds[i], hunk.Making);
        }

        return phrase.ToString();
    }
}
