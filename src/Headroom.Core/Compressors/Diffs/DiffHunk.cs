namespace Headroom.Compressors.Diffs;

/// <summary>A hunk: lines from its header to its last, from 0.</summary>
/// <param name="First">Its header.</param>
/// <param name="Last">Its last line.</param>
/// <param name="File">The last line that names its file, or -1.</param>
/// <param name="Making">Who writes the file.</param>
internal sealed record DiffHunk(int First, int Last, int File, FileMaking Making);

/// <summary>Who writes a file.</summary>
internal enum FileMaking
{
    /// <summary>People.</summary>
    ByHand,

    /// <summary>A package manager.</summary>
    LockFile,

    /// <summary>A tool.</summary>
    Generated,
}
