using System.Text;

namespace Headroom.Rag;

public sealed class ChunkMergerTests
{
    private const string A = "The keeper of the upper lock opens the gates at dawn, and writes the level of the water into the book. ";
    private const string B = "At noon he compares the level with the table of the day, and sends the difference to the office below. ";
    private const string C = "At dusk the gates are shut, the lantern is lit, and nothing moves until the first boat of the morning. ";

    [Fact]
    public void Equal_chunks_become_one_passage_that_cites_both()
    {
        (string text, IReadOnlyList<RagChunk> chunks) = Assert.Single(ChunkMerger.Merge([new(A) { Name = "book" }, new(A) { Name = "copy" }]));

        Assert.Equal(A, text);
        Assert.Equal(["book", "copy"], chunks.Select(c => c.Name));
    }

    [Fact]
    public void A_chunk_that_stands_in_another_is_dropped()
    {
        (string text, IReadOnlyList<RagChunk> chunks) = Assert.Single(ChunkMerger.Merge([new(B) { Id = "2" }, new(A + B + C) { Id = "1" }]));

        Assert.Equal(A + B + C, text);
        Assert.Equal(["1", "2"], chunks.Select(c => c.Id));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 2, 0)]
    public void Chunks_that_overlap_become_one_text_in_whatever_order_they_come(int first, int second, int third)
    {
        RagChunk[] chunks = [new(A + B), new(B + C), new(C + A)];
        // The third begins as the second ends, and ends as the first begins: a ring, which is cut at its shortest or last overlap.
        (string text, IReadOnlyList<RagChunk> held) = Assert.Single(ChunkMerger.Merge([chunks[first], chunks[second], chunks[third]]));

        Assert.Equal(3, held.Count);
        Assert.All(chunks, c => Assert.Contains(c.Text, text, StringComparison.Ordinal));
        Assert.Equal((A + B + C + A).Length, text.Length);
    }

    [Fact]
    public void With_offsets_chunks_that_only_touch_become_one_text()
    {
        RagChunk[] chunks = [new(C) { Link = "l", Start = A.Length + B.Length }, new(A) { Link = "l", Start = 0 }, new(B) { Link = "l", Start = A.Length }, new(B[..^9]) { Link = "l", Start = A.Length }];

        (string text, IReadOnlyList<RagChunk> held) = Assert.Single(ChunkMerger.Merge(chunks));

        Assert.Equal(A + B + C, text);
        Assert.Equal(4, held.Count);
    }

    [Fact]
    public void Offsets_are_believed_only_where_the_texts_agree()
    {
        // Offsets in bytes or tokens, or of another version of the document.
        IReadOnlyList<(string Text, IReadOnlyList<RagChunk>)> passages = ChunkMerger.Merge([new(A) { Link = "l", Start = 0 }, new(C) { Link = "l", Start = 10 }]);

        Assert.Equal([A, C], passages.Select(p => p.Text));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void Offsets_out_of_range_do_no_harm(int start) =>
        Assert.Equal(2, ChunkMerger.Merge([new(A) { Link = "l", Start = start }, new(C) { Link = "l", Start = 0 }]).Count);

    [Fact]
    public void Texts_of_different_documents_are_not_joined()
    {
        Assert.Equal(2, ChunkMerger.Merge([new(A + B) { Name = "one" }, new(B + C) { Name = "two" }]).Count);
        Assert.Equal(2, ChunkMerger.Merge([new(A) { Start = 0 }, new(B) { Start = A.Length }]).Count); // nothing says that they belong together
    }

    [Fact]
    public void Blank_chunks_are_passed_over() => Assert.Empty(ChunkMerger.Merge([new(""), new(" \n")]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_chunk_stands_verbatim_in_one_passage_and_the_order_is_that_of_first_mention(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            string[] documents = [.. Enumerable.Range(0, 3).Select(d => Text(random, random.Next(5, 400)))];
            List<RagChunk> chunks = [];
            for (int i = random.Next(1, 24); i > 0; i--)
            {
                int d = random.Next(3), from = random.Next(documents[d].Length), length = random.Next(1, 600);
                string text = documents[d][from..Math.Min(documents[d].Length, from + length)];
                chunks.Add(new RagChunk(text) { Name = random.Next(4) == 0 ? null : "d" + d, Start = random.Next(2) == 0 ? from : null, Id = i.ToString() });
            }

            IReadOnlyList<(string Text, IReadOnlyList<RagChunk> Chunks)> passages = ChunkMerger.Merge(chunks);

            RagChunk[] held = [.. passages.SelectMany(p => p.Chunks)];
            Assert.Equal(chunks.Where(c => !string.IsNullOrWhiteSpace(c.Text)).OrderBy(c => c.Id), held.OrderBy(c => c.Id));
            Assert.All(passages, p => Assert.All(p.Chunks, c => Assert.Contains(c.Text, p.Text, StringComparison.Ordinal)));
            int[] places = [.. passages.Select(p => p.Chunks.Min(c => chunks.IndexOf(c)))];
            Assert.Equal(places.Order(), places);
            Assert.True(passages.Sum(p => p.Text.Length) <= chunks.Sum(c => c.Text.Length));
        }
    }

    [Fact]
    public void Many_chunks_take_linear_time()
    {
        // All begin alike, overlap, and stand in one another: what a hostile index could return.
        string text = string.Concat(Enumerable.Repeat(A, 400));
        RagChunk[] chunks = [.. Enumerable.Range(0, 3_000).Select(i => new RagChunk(text[..(A.Length * 4 + i)] + i) { Name = "n" }), .. Enumerable.Range(0, 3_000).Select(i => new RagChunk(i + A + i))];
        TimeSpan start = Environment.CpuUsage.TotalTime;

        Assert.NotEmpty(ChunkMerger.Merge(chunks));

        Assert.True(Environment.CpuUsage.TotalTime - start < TimeSpan.FromSeconds(20)); // one or two seconds
    }

    private static string Text(Random random, int words)
    {
        string[] pool = ["gate", "lock", "water", "keeper", "level", "boat", "dawn", "lantern", "the", "of"];
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) text.Append(pool[random.Next(pool.Length)]).Append(random.Next(12) == 0 ? "\n" : " ");
        return text.ToString();
    }
}
