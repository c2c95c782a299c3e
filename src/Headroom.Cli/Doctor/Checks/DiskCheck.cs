using Headroom.Cli.Commands;
using Headroom.Cli.Storage;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether the disk has room for originals.</summary>
internal sealed class DiskCheck : ICheck
{
    /// <summary>A day of an agent's work takes less, compressed.</summary>
    private const long Little = 100 * 1024 * 1024;

    /// <summary>Less than one large original may take, with its log.</summary>
    private const long Nothing = 4 * 1024 * 1024;

    public CheckGroup Group => CheckGroup.Store;

    public string Subject => "the disk of the store";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        if (StoreFile.Resolve(context.Store) is not { } file) return Task.FromResult<IReadOnlyList<Finding>>([]);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
        long free = new DriveInfo(folder).AvailableFreeSpace;
        string left = $"{Quantity.Of(free)} are free where originals are kept";
        return Task.FromResult<IReadOnlyList<Finding>>([free switch
        {
            < Nothing => Finding.Problem($"{left}: nothing can be stored, so nothing is cut", "make room on the disk, or name a file elsewhere with --store FILE"),
            < Little => Finding.Warning(left, "make room on the disk, or headroom store prune --idle 30d"),
            _ => Finding.Ok(left),
        }]);
    }
}
