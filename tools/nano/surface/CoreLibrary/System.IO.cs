namespace System.IO
{
    public class IOException : SystemException
    {
        public extern IOException();
        public extern IOException(string message);
        public extern IOException(string message, Exception innerException);
        public extern IOException(string message, int hresult);
    }
}
