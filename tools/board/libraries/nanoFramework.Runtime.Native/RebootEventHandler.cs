namespace nanoFramework.Runtime.Native;

/// <summary>Is told that the board is about to reboot.</summary>
public delegate void RebootEventHandler();
