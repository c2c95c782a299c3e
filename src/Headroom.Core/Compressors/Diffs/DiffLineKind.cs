namespace Headroom.Compressors.Diffs;

/// <summary>What a line of a diff is.</summary>
internal enum DiffLineKind : byte
{
    /// <summary>Anything else: text around a diff, the statistics of a mail.</summary>
    Other,

    /// <summary>Begins a commit or a mailed patch.</summary>
    Commit,

    /// <summary>Author, date and message of a commit.</summary>
    Message,

    /// <summary>Names the file of the hunks below.</summary>
    File,

    /// <summary>Says what happened to the file besides its hunks: new, deleted, renamed, another mode, binary.</summary>
    FileDetail,

    /// <summary>Names the file again, or hashes and dates of it.</summary>
    FileAgain,

    /// <summary>Begins a hunk.</summary>
    Hunk,

    /// <summary>Stands on both sides.</summary>
    Context,

    /// <summary>Stands on the new side only.</summary>
    Added,

    /// <summary>Stands on the old side only.</summary>
    Removed,

    /// <summary>Bytes of a binary file, spelled as text.</summary>
    Blob,
}
