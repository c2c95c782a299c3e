namespace Headroom.Compressors.Search;

public sealed class SearchCompressorTests
{
    private static readonly SearchCompressor Compressor = new();

    [Fact]
    public void Every_candidate_decodes_exactly()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            string path = RandomLines.Path(random);
            int number = 0;
            string text = RandomLines.Join(random, random.Next(1, 40), r =>
            {
                if (r.Next(4) == 0) (path, number) = (RandomLines.Path(r), 0);
                number += r.Next(3) == 0 ? r.Next(1, 50) : 1;
                char mark = ":::-="[r.Next(5)];
                return r.Next(10) == 0 ? $"{path}:{RandomLines.Text(r)}" : $"{path}{mark}{number}{mark}{RandomLines.Text(r)}";
            });
            CandidateProof.AssertExact(Compressor, text);
            CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
        }
    }

    [Fact]
    public void Large_results_share_directories_and_decode_exactly()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            int number = 0;
            string text = RandomLines.Join(random, 900, r => $"{RandomLines.Path(r)}:{++number}:{RandomLines.Text(r)}");
            Assert.NotEqual(0, CandidateProof.AssertExact(Compressor, text));
        }

        string folded = CandidateProof.Encoded(Compressor, string.Concat(Enumerable.Range(0, 600).Select(i => $"src/cart/items/File{i}.cs:{i}:class File{i}\n")), "grouped");
        Assert.StartsWith("[grep hits by file]\nsrc/cart/items/\n File0.cs\n0 class File0\n File1.cs\n", folded, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbered_lines_decode_exactly()
    {
        string[] marks = [":", "\t", "→", "|", " | ", "-", " "];
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            string mark = RandomLines.Pick(random, marks);
            int width = random.Next(3) * 3, number = random.Next(2000);
            string text = RandomLines.Join(random, random.Next(2, 30), r => $"{++number}".PadLeft(r.Next(20) == 0 ? 5 : width) + (r.Next(10) == 0 ? "-" : mark) + RandomLines.Text(r));
            CandidateProof.AssertExact(Compressor, text);
            CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
        }
    }

    [Fact]
    public void Blamed_lines_decode_exactly()
    {
        string[] commits = ["^6130871", "35f0dbeb (Dev One 2026-03-02", "12345678 src/a b.cs (Dev Two 2026-03-02 10:00:00 +0000", "00000000 (Not Committed Yet 2026-03-02", "nothex  "];
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int number = random.Next(2000), width = random.Next(2, 7);
            string commit = RandomLines.Pick(random, commits);
            string text = RandomLines.Join(random, random.Next(2, 30), r =>
            {
                if (r.Next(3) == 0) commit = RandomLines.Pick(r, commits);
                return commit + $"{++number}".PadLeft(width) + ") " + RandomLines.Text(r);
            });
            CandidateProof.AssertExact(Compressor, text);
            CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
        }
    }

    [Fact]
    public void Real_results_survive_damage()
    {
        List<CorpusFile> files = [.. CorpusFile.All.Where(f => f.Kind is "search" or "listings")];
        for (int i = 0; i < files.Count; i++)
            CandidateProof.AssertExactWhenDamaged(Compressor, files[i].Text, files[(i + 1) % files.Count].Text, i);
    }

    [Fact]
    public void Writes_each_path_once()
    {
        string grouped = CandidateProof.Encoded(Compressor, "src/cart/Cart.cs:12:class Cart\nsrc/cart/Cart.cs:40:  Cart()\nsrc/cart/Item.cs:3:Cart c;\n", "grouped");
        Assert.Equal("[grep hits by file]\nsrc/cart/Cart.cs\n12 class Cart\n40   Cart()\nsrc/cart/Item.cs\n3 Cart c;\n", grouped);
    }

    [Fact]
    public void Knows_a_file_with_digits_between_dashes_from_its_hits()
    {
        string grouped = CandidateProof.Encoded(Compressor, "log-2024-05.txt-7-before\nlog-2024-05.txt:8:hit\nlog-2024-05.txt-9-after", "grouped");
        Assert.Equal("[grep hits by file; 12:hit, 13 context]\nlog-2024-05.txt\n7 before\n8:hit\n9 after", grouped);
    }

    [Theory]
    [InlineData("2025-10-08 12:30:15.234 INFO  [main] c.p.App - Starting\n2025-10-08 12:30:15.456 INFO  [main] c.p.Db - Pool\n2025-10-08 12:30:16.001 WARN  [main] c.p.Db - Slow")]
    [InlineData("2022-06-16T03:33:38.2233147Z Traceback (most recent call last):\n2022-06-16T03:33:38.2233702Z   x\n2022-06-16T03:33:38.2234060Z   y")]
    [InlineData("12:30:15 INFO started\n12:30:16 INFO ready\n12:30:17 WARN slow")]
    [InlineData("{\"a\":1,\"b\":12}\n{\"a\":2,\"b\":13}\n{\"a\":3,\"b\":14}")]
    [InlineData("using System;\nnamespace A;\npublic class B : C\n{\n    int x = 1;\n}\n")]
    [InlineData("Oct 24 10:12:33 host sshd[12]: accepted\nOct 24 10:12:34 host sshd[12]: closed\nOct 24 10:12:35 host cron[9]: run")]
    public void Leaves_logs_json_and_code_alone(string text) => Assert.True(Compressor.Probe(text) < 0.2);
}
