using System.Diagnostics.CodeAnalysis;

namespace Headroom.Internal.Paths;

/// <summary>Puts full paths together again while the lines of a folded list are read in order.</summary>
internal sealed class OpenDirectories
{
    private readonly List<string> _prefixes = [""];

    /// <summary>The full path of <paramref name="step"/>; <see langword="false"/> when it is deeper than any open directory.</summary>
    public bool TryResolve(PathStep step, [NotNullWhen(true)] out string? path)
    {
        path = null;
        if (step.Depth >= _prefixes.Count) return false;
        path = _prefixes[step.Depth] + step.Text;
        if (step.IsDirectory)
        {
            _prefixes.RemoveRange(step.Depth + 1, _prefixes.Count - step.Depth - 1);
            _prefixes.Add(path);
        }

        return true;
    }
}
