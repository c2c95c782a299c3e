using Headroom.Cli.Storage;
using Headroom.Storage;

namespace Headroom.Cli.Tests.Storage;

public sealed class FileOriginalStoreTests : OriginalStoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IOriginalStore> CreateAsync() => new(new FileOriginalStore(_folder));

    [Fact]
    public async Task What_one_process_put_another_reads_exactly()
    {
        foreach (string original in new[] { "", "plain\r\ntext \0 é \U0001F600", "\uFEFFbegins with a byte order mark", "half a pair \uD800 and the other \uDC00" })
        {
            OriginalKey key = KeyOf(original);
            Assert.True(await new FileOriginalStore(_folder).PutAsync(key, original));
            Assert.Equal(original, (await new FileOriginalStore(_folder).GetAsync(key)).Text);
            Assert.True(await new FileOriginalStore(_folder).PutAsync(key, original));
        }
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("0123456789/../x")]
    [InlineData("ABCDEFGHJK")]
    public async Task An_id_that_is_none_is_refused(string id)
    {
        var store = new FileOriginalStore(_folder);
        Assert.False(await store.PutAsync(new OriginalKey("", id), "text"));
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(new OriginalKey("", id)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_damaged_file_is_unavailable_and_is_not_trusted()
    {
        var store = new FileOriginalStore(_folder);
        OriginalKey key = KeyOf("some original");
        Assert.True(await store.PutAsync(key, "some original"));
        string file = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Single();
        foreach (byte[] damaged in new byte[][] { [], [0x07, 0x41], [0x01, 0xff], [0x02, 0x41] })
        {
            File.WriteAllBytes(file, damaged);
            Assert.Equal(OriginalStatus.Unavailable, (await store.GetAsync(key)).Status);
            Assert.False(await store.PutAsync(key, "some original"));
        }
    }

    [Fact]
    public async Task Only_the_user_may_read_the_originals()
    {
        if (OperatingSystem.IsWindows()) return;
        string inside = Path.Combine(_folder, "new", "store");
        Assert.True(await new FileOriginalStore(inside).PutAsync(KeyOf("secret"), "secret"));
        string file = Directory.EnumerateFiles(inside, "*", SearchOption.AllDirectories).Single();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task Many_writers_of_the_same_and_of_other_originals_leave_whole_files_only()
    {
        string[] originals = [.. Enumerable.Range(0, 40).Select(i => new string((char)('a' + i % 26), 5_000) + i)];
        bool[] stored = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
            await new FileOriginalStore(_folder).PutAsync(KeyOf(originals[i % 40]), originals[i % 40]))));
        Assert.All(stored, Assert.True);
        Assert.Equal(40, Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_stores_nothing_and_says_so()
    {
        string blocked = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(blocked, "x");
        var store = new FileOriginalStore(blocked);
        Assert.False(await store.PutAsync(KeyOf("text"), "text"));
        Assert.NotEqual(OriginalStatus.Found, (await store.GetAsync(KeyOf("text"))).Status);
    }

    private static OriginalKey KeyOf(string original) => new("", OriginalId.Compute(original));
}
