using Headroom.Cli.Storage;

namespace Headroom.Cli.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_cannot_be_replaced_is_left_with_nothing_beside_it()
    {
        string path = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, "new"u8));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_left_as_it_is()
    {
        string path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(path, "new"u8, isStill: () => false));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
        Assert.Equal("old", File.ReadAllText(path));
    }
}
