using System.Globalization;
using System.Text;
using Headroom.Compressors;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Laws;

public sealed class Law06RetrievalIsExactTests
{
    private static readonly RetrievalContext AnyId = new();

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public async Task The_whole_original_comes_back_by_the_id_of_the_marker(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode).Where(r => r.Outcome.Form == ItemForm.Elided))
        {
            Assert.Equal([run.Outcome.OriginalId!], MarkerGrammar.FindIds(run.Outcome.Text));
            var store = new InMemoryOriginalStore();
            Assert.True(await store.PutAsync(new OriginalKey("", run.Outcome.OriginalId!), run.File.Text));
            string answer = await new OriginalResolver(store).AnswerAsync(new RetrievalRequest { Id = run.Outcome.OriginalId!, MaxTokens = int.MaxValue }, AnyId);
            Assert.True(answer == run.File.Text, $"{run}: the whole differs");
        }
    }

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void Every_gap_is_redeemed_by_what_its_marker_says(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode).Where(r => r.Outcome.Form == ItemForm.Elided))
        {
            Assert.True(MarkerGrammar.TryParse(run.Outcome.Text, out ElidedText? elided), $"{run}: the marker grammar does not read it\n{run.Outcome.Text}");
            foreach (GapPart gap in elided.Gaps)
            {
                string redeemed = Redeem(run.File.Text, elided.Id, gap.Range);
                Assert.True(redeemed == Slice(run.File.Text, gap.Range), $"{run}: {gap.Range} does not come back as it was");
            }
        }
    }

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void Kept_parts_and_redeemed_gaps_add_up_to_the_original(string file, CompressionMode mode)
    {
        if (mode == CompressionMode.Lossless) return;
        CorpusFile corpusFile = CorpusFile.Find(file);
        foreach (ContentCompressor compressor in BuiltInCompressors.All)
        {
            var request = new CompressionRequest(corpusFile.Text) { Question = corpusFile.Question ?? "" };
            int budget = Math.Max(400, corpusFile.Text.Length / (mode == CompressionMode.Balanced ? 4 : 10));
            if (compressor.Elide(request, budget) is not { } candidate) continue;
            string text = MarkerGrammar.Write(OriginalId.Compute(corpusFile.Text), candidate);
            Assert.True(MarkerGrammar.TryParse(text, out ElidedText? elided), $"{compressor.Name} on {file}: the marker grammar does not read it\n{text}");
            Assert.Equal(candidate.Parts.OfType<GapPart>().Select(g => g.Range), elided.Gaps.Select(g => g.Range));

            // What the text shows and what its gaps say, by the ranges the compressor claims for both, is every line or row once and in order.
            // Gaps inside a row that is shown come back on their own.
            ILookup<bool, ContentRange> ranges = candidate.Parts.Select(p => p is GapPart gap ? gap.Range : ((KeptPart)p).Range).OfType<ContentRange>().ToLookup(r => r.Path == candidate.Total.Path);
            string redeemed = string.Join('\n', ranges[true].Select(range => Redeem(corpusFile.Text, elided.Id, range)));
            Assert.True(redeemed == Slice(corpusFile.Text, candidate.Total), $"{compressor.Name} on {file}: parts and gaps are not the whole");
            if (candidate.Total.Path is null) Assert.Equal(WithoutFinalLineEnd(corpusFile.Text), redeemed);
            foreach (ContentRange range in ranges[false])
                Assert.True(Redeem(corpusFile.Text, elided.Id, range) == Slice(corpusFile.Text, range), $"{compressor.Name} on {file}: {range} does not come back as it was");
        }
    }

    [Fact]
    public async Task What_was_retrieved_is_never_compressed_again()
    {
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Aggressive);
        foreach (CorpusFile file in CorpusFile.All)
        {
            ContextItem item = LawRun.ItemOf(file) with { ToolName = RetrievalTool.Name };
            ItemOutcome outcome = await compressor.CompressAsync(item, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
            Assert.Equal((ItemForm.Unchanged, OutcomeReason.RetrievedText), (outcome.Form, outcome.Reason));
        }
    }

    [Fact]
    public void Pages_of_any_size_add_up_to_the_original()
    {
        foreach (CorpusFile file in CorpusFile.All.Where(f => f.Text.Length is > 2_000 and < 40_000))
        {
            string text = WithoutFinalLineEnd(file.Text);
            var pages = new StringBuilder();
            IReadOnlyList<LineRange> lines = [new LineRange(1, int.MaxValue)];
            while (lines.Count > 0)
            {
                string answer = OriginalRetriever.Answer(file.Text, new RetrievalRequest { Id = "7kq2m9x4ab", Lines = lines, MaxTokens = 900 }, O200kTokenCounter.Instance);
                int end = answer.IndexOf('\n', StringComparison.Ordinal);
                string header = end < 0 ? answer : answer[..end];
                if (header.Contains("characters", StringComparison.Ordinal)) break; // pieces of over-long lines are covered by their own tests
                if (pages.Length > 0) pages.Append('\n');
                if (end >= 0) pages.Append(answer, end + 1, answer.Length - end - 1);
                int next = header.IndexOf("next: lines=", StringComparison.Ordinal);
                if (next < 0) break;
                Assert.True(RetrievalRequest.TryCreate([new("id", "7kq2m9x4ab"), new("lines", header[(next + 12)..^1])], out RetrievalRequest? request, out _));
                lines = request.Lines;
            }

            Assert.StartsWith(pages.ToString(), text, StringComparison.Ordinal);
        }
    }

    /// <summary>Asks as a model would, with the locator spelled as the marker spells it.</summary>
    private static string Redeem(string original, string id, ContentRange range)
    {
        string locator = MarkerGrammar.Write(id, new ElidedCandidate("", [new GapPart(range, "")], range)).Split('\n')[1];
        locator = locator[1..locator.LastIndexOf(": ", StringComparison.Ordinal)];
        KeyValuePair<string, object?>[] arguments = [new("id", id), new(range.Path is null ? "lines" : "path", locator), new("max_tokens", int.MaxValue)];
        Assert.True(RetrievalRequest.TryCreate(arguments, out RetrievalRequest? request, out string? problem), problem);
        string answer = OriginalRetriever.Answer(original, request, O200kTokenCounter.Instance);
        int end = answer.IndexOf('\n', StringComparison.Ordinal);
        Assert.DoesNotContain("next:", end < 0 ? answer : answer[..end], StringComparison.Ordinal);
        return end < 0 ? "" : answer[(end + 1)..];
    }

    /// <summary>The same range cut out by other means than the code under test.</summary>
    private static string Slice(string original, ContentRange range)
    {
        string[] units = range.Path is null ? WithoutFinalLineEnd(original).Split('\n') : RowsOf(original, range.Path);
        int start = range.First - (range.Path is null ? 1 : 0);
        return string.Join('\n', units.Skip(start).Take(range.Count));
    }

    private static string[] RowsOf(string original, string path)
    {
        string json = original.TrimStart('\uFEFF');
        if (path.Length == 0 && json[0] == '[' && !IsOneValue(json) && !IsOneValue(json.Split('\n')[0])) return ReferencePythonRows.Of(json);
        string[] keys = path.Length == 0 ? [] : path.Split('/')[1..];
        if (!IsOneValue(json))
        {
            string[] rows = [.. json.Split('\n').Where(l => l.Trim().Length > 0)];
            if (path.Length == 0) return rows;
            json = rows[int.Parse(keys[0], CultureInfo.InvariantCulture)];
            keys = keys[1..];
        }

        using var document = System.Text.Json.JsonDocument.Parse(json, new System.Text.Json.JsonDocumentOptions { MaxDepth = 1_000 });
        System.Text.Json.JsonElement value = document.RootElement;
        foreach (string key in keys.Select(k => k.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            value = value.ValueKind == System.Text.Json.JsonValueKind.Array
                ? value[int.Parse(key, CultureInfo.InvariantCulture)]
                : value.EnumerateObject().First(p => p.Name == key).Value;
        }

        return value.ValueKind == System.Text.Json.JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetRawText())]
            : [.. value.EnumerateObject().Select(p => p.ToString())];
    }

    private static bool IsOneValue(string json)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(json, new System.Text.Json.JsonDocumentOptions { MaxDepth = 1_000 });
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static string WithoutFinalLineEnd(string text) => text.EndsWith('\n') ? text[..^1] : text;
}
