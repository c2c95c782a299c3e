namespace Headroom.Compressors.Diffs;

public sealed class DiffCompressorTests
{
    private static readonly DiffCompressor Compressor = new();
    private static readonly string[] Paths = ["src/Cart.cs", "a", "my file.md", "new", "a => b.txt", "x index y", "b/b", "é.cs", "README 97%"];
    private static readonly string[] Body = [" unchanged", "-removed", "+added", "+", "-", "", "\\ No newline at end of file", "@@ -1,3 +1,4 @@ class A", "+[12 more lines as above]", "diff src/Cart.cs index 1..2", "| x", "[3 more lines as above]", "[diff, file headers shortened]"];

    [Fact]
    public void Random_diffs_decode_exactly()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            string text = RandomLines.Join(random, random.Next(1, 30), r => r.Next(3) == 0 ? FileHeader(r) : RandomLines.Pick(r, Body));
            CandidateProof.AssertExact(Compressor, text);
            CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
        }
    }

    [Fact]
    public void Real_diffs_survive_damage()
    {
        List<CorpusFile> files = [.. CorpusFile.All.Where(f => f.Kind is "diff" or "code")];
        for (int i = 0; i < files.Count; i++)
            CandidateProof.AssertExactWhenDamaged(Compressor, files[i].Text, files[(i + 1) % files.Count].Text, i);
    }

    [Theory]
    [InlineData("diff --git a/x.cs b/x.cs\nindex 4b73d52..bc5461a 100644\n--- a/x.cs\n+++ b/x.cs\n", "diff x.cs index 4b73d52..bc5461a\n")]
    [InlineData("diff --git a/x.sh b/x.sh\nindex 4b73d52..bc5461a 100755\n--- a/x.sh\n+++ b/x.sh\n", "diff x.sh index 4b73d52..bc5461a 100755\n")]
    [InlineData("diff --git a/x.cs b/x.cs\nnew file mode 100644\nindex 0000000..565041b\n--- /dev/null\n+++ b/x.cs\n", "diff x.cs new 565041b\n")]
    [InlineData("diff --git a/x.cs b/x.cs\ndeleted file mode 100644\nindex 565041b..0000000\n--- a/x.cs\n+++ /dev/null\n", "diff x.cs deleted 565041b\n")]
    [InlineData("diff --git a/x.png b/x.png\nindex 4b73d52..bc5461a 100644\nBinary files a/x.png and b/x.png differ\n", "diff x.png binary 4b73d52..bc5461a\n")]
    [InlineData("diff --git a/x.cs b/y.cs\nsimilarity index 97%\nrename from x.cs\nrename to y.cs\nindex 4b73d52..bc5461a 100644\n--- a/x.cs\n+++ b/y.cs\n", "diff x.cs => y.cs 97% 4b73d52..bc5461a\n")]
    [InlineData("diff --git a/a b.cs b/a b.cs\nindex 4b73d52..bc5461a 100644\n--- a/a b.cs\t\n+++ b/a b.cs\t\n", "diff a b.cs index 4b73d52..bc5461a\n")]
    public void Says_a_header_in_one_line(string header, string line) =>
        Assert.Equal("[diff, file headers shortened]\n" + line + "@@ -1 +1 @@\n-a\n+b\n", CandidateProof.Encoded(Compressor, header + "@@ -1 +1 @@\n-a\n+b\n", "headers"));

    [Theory]
    [InlineData("using System;\nnamespace A;\npublic class B : C\n{\n    int x = 1;\n}\n")]
    [InlineData("| name | count |\n| --- | --- |\n| a | 1 |\n| b | 2 |\n")]
    [InlineData("- one\n- two\n+ three\n")]
    public void Leaves_code_tables_and_lists_alone(string text) => Assert.True(Compressor.Probe(text) < 0.2);

    private static string FileHeader(Random random)
    {
        string path = RandomLines.Pick(random, Paths), mode = random.Next(3) == 0 ? "100755" : "100644";
        string header = random.Next(6) switch
        {
            0 => $"diff --git a/{path} b/{path}\nnew file mode {mode}\nindex 0000000..565041b\n--- /dev/null\n+++ b/{path}",
            1 => $"diff --git a/{path} b/{path}\ndeleted file mode {mode}\nindex 565041b..0000000\n--- a/{path}\n+++ /dev/null",
            2 => $"diff --git a/{path} b/moved\nsimilarity index 90%\nrename from {path}\nrename to moved",
            3 => $"diff --git a/{path} b/moved\nsimilarity index 90%\nrename from {path}\nrename to moved\nindex 1234567..89abcde {mode}\n--- a/{path}\n+++ b/moved",
            4 => $"diff --git a/{path} b/{path}\nindex 1234567..89abcde {mode}\nBinary files a/{path} and b/{path} differ",
            _ => $"diff --git a/{path} b/{path}\nindex 1234567..89abcde {mode}\n--- a/{path}\n+++ b/{path}",
        };
        return random.Next(5) == 0 ? header[..random.Next(10, header.Length)] : header;
    }
}
