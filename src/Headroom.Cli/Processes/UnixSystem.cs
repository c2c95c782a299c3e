using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Cli.Processes;

/// <summary>The few calls of a Unix system that the runtime has no method for.</summary>
internal static class UnixSystem
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Terminate = 15;

    private const int Pipe = 13;
    private const nint Default = 0, Ignored = 1;

    private const int GetDescriptorFlags = 1, CloseOnExec = 1;

    private const int MayWriteFlag = 2, MayEnterFlag = 1;

    /// <summary>Of <c>statx</c>: its path is relative to the current folder, it is asked for owner and group, and where they stand in its answer.</summary>
    private const int CurrentFolder = -100, StatusLength = 256, OwnerOffset = 20;

    private const uint OwnerAndGroup = 0x18;

    private const short PollError = 0x8, PollHangUp = 0x10;

    /// <summary>Sends a signal to a process. A process that has ended is no failure.</summary>
    public static void Send(int process, int signal) => _ = Kill(process, signal);

    /// <summary>Whether this process belongs to the job a terminal is working on, whose processes all get what is typed: Ctrl-C, Ctrl-\.</summary>
    public static bool IsInForeground()
    {
        try
        {
            using SafeFileHandle terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read);
            return GetForegroundGroup(terminal) == GetGroup();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // no terminal at all
        }
    }

    /// <summary>Whether nobody reads our stdout any more. Writing to it then fails without a word. On other systems nobody knows.</summary>
    public static bool IsStdoutAbandoned()
    {
        if (OperatingSystem.IsWindows()) return false;
        var stdout = new PollRequest { Descriptor = 1 };
        return Poll(ref stdout, 1, 0) > 0 && (stdout.Returned & (PollError | PollHangUp)) != 0;
    }

    /// <summary>Whether stdin was closed when this process started. The runtime has opened something else under its number since, and that is never handed on to other programs, as a stdin always is.</summary>
    public static bool IsStdinClosed() => !OperatingSystem.IsWindows() && (Control(0, GetDescriptorFlags) & CloseOnExec) != 0;

    /// <summary>Whether this user may write a file, or make files in a folder; without trying.</summary>
    public static bool MayWrite(string path) => Access(path, Directory.Exists(path) ? MayWriteFlag | MayEnterFlag : MayWriteFlag) == 0;

    /// <summary>
    /// Starts a child that a broken pipe ends without a word, as a shell's children. The runtime ignores that signal, and children inherit what is ignored:
    /// <c>yes | head</c> would then complain. In this moment a broken pipe would end this process too, so nothing else may be written meanwhile.
    /// </summary>
    public static T WithDefaultPipeSignal<T>(Func<T> start)
    {
        _ = Signal(Pipe, Default);
        try
        {
            return start();
        }
        finally
        {
            _ = Signal(Pipe, Ignored);
        }
    }

    /// <summary>Puts on the disk what a folder says of its files: a file that was moved into it is there after a power cut too. A system that cannot is no failure.</summary>
    public static void SyncFolder(string folder)
    {
        int descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = FileSync(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>Gives a file the owner and group of another one, as far as this user may. Only Linux has a call whose answer looks the same on every machine.</summary>
    public static void CopyOwner(string from, string to)
    {
        if (!OperatingSystem.IsLinux()) return;
        byte[] about = new byte[StatusLength];
        try
        {
            if (Status(CurrentFolder, from, 0, OwnerAndGroup, about) != 0) return;
            _ = ChangeOwner(to, BitConverter.ToUInt32(about, OwnerOffset), BitConverter.ToUInt32(about, OwnerOffset + 4));
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call.
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }

    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int signal, nint handler);

    [DllImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetGroup();

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetForegroundGroup(SafeFileHandle terminal);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollRequest request, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "chown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
